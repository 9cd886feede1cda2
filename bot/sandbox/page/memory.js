/** What this browser remembers between visits. A browser that keeps nothing still shows the page. */

const PREFIX = "guongsang:";

export function recall(key, fallback) {
  try {
    const kept = localStorage.getItem(PREFIX + key);
    return kept === null ? fallback : JSON.parse(kept);
  } catch {
    return fallback;
  }
}

export function remember(key, value) {
  try {
    if (value === null || value === "") localStorage.removeItem(PREFIX + key);
    else localStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // private windows and full disks: the page works, it only forgets
  }
}

export function forget(prefix) {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(PREFIX + prefix)) localStorage.removeItem(key);
    }
  } catch {
    // as above
  }
}
