-- The movements named by Plan 854/KH-VP of 2024, and the newer one of QĐ 923/QĐ-TTg (14/5/2025).
insert into movements (name, level, from_on, to_on) values
  ('Toàn tỉnh chung sức xây dựng nông thôn mới', 'tỉnh', '2021-01-01', '2025-12-31'),
  ('Doanh nghiệp Đồng Nai hội nhập và phát triển', 'tỉnh', null, null),
  ('Vì người nghèo - không để ai bị bỏ lại phía sau', 'Trung ương', '2021-01-01', '2025-12-31'),
  ('Cán bộ, công chức, viên chức thi đua thực hiện văn hóa công sở', 'Trung ương', null, null),
  ('Đẩy mạnh phát triển kết cấu hạ tầng đồng bộ, hiện đại; thực hành tiết kiệm, chống lãng phí', 'Trung ương', null, null),
  ('Cả nước thi đua xây dựng xã hội học tập, đẩy mạnh học tập suốt đời giai đoạn 2023 – 2030', 'Trung ương', '2023-01-01', '2030-12-31'),
  ('Cả nước thi đua đổi mới sáng tạo và chuyển đổi số', 'Trung ương', '2025-05-14', null)
on conflict (name) do nothing;
