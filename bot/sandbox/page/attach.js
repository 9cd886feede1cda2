/** Files chosen, pasted or dropped: looked at once more, then given as parts of /sandbox/send. */
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { alert, sheet } from "./overlay.js";
import { fileSize, t } from "./words.js";

const LIMIT = 20 * 1024 * 1024; // what a bot may download from Telegram
const PHOTO = /^image\/(jpeg|png|webp)$/;

/** Resolves to [{photo | document, caption?, media_group_id?}], or null when the person thinks better of it. */
export async function attachFiles(host, files, caption) {
  const large = files.find((file) => file.size > LIMIT);
  if (large) {
    alert(host, t("attach_title"), t("too_big", { name: large.name }));
    return null;
  }
  const choice = await ask(host, files, caption);
  if (!choice) return null;
  const group = files.length > 1 ? { media_group_id: `${Date.now()}` } : {};
  return Promise.all(files.map(async (file, index) => {
    const kind = PHOTO.test(file.type) && !choice.asFile ? "photo" : "document";
    const words = index === 0 && choice.caption ? { caption: choice.caption } : {};
    return { [kind]: { name: file.name, base64: await base64(file) }, ...words, ...group };
  }));
}

function ask(host, files, caption) {
  return new Promise((resolve) => {
    let choice = null;
    const addresses = [];
    const previews = files.map((file) => preview(file, addresses));
    const words = h("input", { type: "text", value: caption, placeholder: t("caption"), "aria-label": t("caption"), "data-first": true });
    const asFile = h("input", { type: "checkbox" });
    const hasPhoto = files.some((file) => PHOTO.test(file.type));
    const agree = () => {
      choice = { caption: words.value.trim(), asFile: asFile.checked };
      close();
    };
    words.addEventListener("keydown", (event) => event.key === "Enter" && !event.isComposing && agree());
    const title = files.length === 1 ? t("attach_one", { name: files[0].name }) : t("attach_many", { count: files.length });
    const close = sheet(host, {
      title,
      body: [
        h("div.previews", {}, previews),
        hasPhoto ? h("label.tick", {}, asFile, t("as_file")) : null,
        words,
        h("div.answers", {}, h("button.plain", { onclick: () => close() }, t("cancel")),
          h("button.plain", { onclick: agree }, t("send"))),
      ],
      onclose: () => {
        addresses.forEach((address) => URL.revokeObjectURL(address));
        resolve(choice);
      },
    });
  });
}

function preview(file, addresses) {
  if (PHOTO.test(file.type)) {
    const address = URL.createObjectURL(file);
    addresses.push(address);
    return h("img.preview", { src: address, alt: file.name });
  }
  return h("div.file", {}, h("span.disc", {}, icon("file")),
    h("span.about", {}, h("strong", {}, file.name), h("small", {}, fileSize(file.size))));
}

function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
