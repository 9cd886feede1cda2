-- A first dozen short items for the library, as drafts: the office reads, corrects and approves them.
insert into contents (code, title, body, tags, source, state, made_at, changed_at) values
  ('appeal-1948', 'Lời kêu gọi thi đua ái quốc',
   'Ngày 11/6/1948, Chủ tịch Hồ Chí Minh ra Lời kêu gọi thi đua ái quốc. Ngày 11/6 cũng là Ngày truyền thống thi đua yêu nước.

“Thi đua là yêu nước, yêu nước thì phải thi đua.”

Mỗi việc làm tốt trong công việc hằng ngày, được phát hiện và giới thiệu kịp thời, là một cách thiết thực để hưởng ứng Lời kêu gọi của Người.',
   '["tư tưởng"]', 'Kế hoạch số 854/KH-VP ngày 02/4/2024, mục II.1', 'draft', 0, 0),
  ('patriotic-emulation', 'Vì sao phải tuyên truyền tư tưởng thi đua yêu nước',
   'Tuyên truyền tư tưởng thi đua yêu nước của Chủ tịch Hồ Chí Minh, chủ trương của Đảng, chính sách, pháp luật của Nhà nước về thi đua, khen thưởng nhằm nâng cao hơn nữa nhận thức về vị trí, vai trò, tác dụng to lớn của các phong trào thi đua yêu nước và hiệu quả thiết thực của việc nhân rộng, biểu dương, tôn vinh gương điển hình tiên tiến.

Đó là động lực để mỗi cơ quan, đơn vị hoàn thành nhiệm vụ được giao, góp phần phát triển kinh tế - xã hội, củng cố quốc phòng - an ninh.',
   '["tư tưởng", "chính sách"]', 'Kế hoạch số 854/KH-VP ngày 02/4/2024, mục I.1', 'draft', 0, 0),
  ('law-2022', 'Luật Thi đua, khen thưởng năm 2022',
   'Luật Thi đua, khen thưởng số 06/2022/QH15 có hiệu lực thi hành từ ngày 01/01/2024.

Kế hoạch số 854/KH-VP gắn việc tổ chức các phong trào thi đua do Trung ương và tỉnh phát động với việc triển khai Luật này. Khi đề nghị biểu dương, khen thưởng, các đơn vị căn cứ Luật và các văn bản hướng dẫn đang có hiệu lực tại thời điểm đề nghị.',
   '["pháp luật"]', 'Luật Thi đua, khen thưởng số 06/2022/QH15; Kế hoạch số 854/KH-VP ngày 02/4/2024, mục II.1', 'draft', 0, 0),
  ('law-2022-17', 'Khoản 4 Điều 17: nhân rộng điển hình tiên tiến',
   'Khoản 4 Điều 17 Luật Thi đua, khen thưởng năm 2022 nêu rõ:

“Tuyên truyền, phát hiện, bồi dưỡng và nhân rộng điển hình tiên tiến”.

Bốn việc ấy nối tiếp nhau: kể về gương tốt để nhiều người biết; phát hiện gương mới ngay trong công việc hằng ngày; giúp gương mới vững vàng; rồi đưa cách làm hay đến đơn vị khác. Mỗi đề cử gửi tới đơn vị là một bước của việc phát hiện.',
   '["pháp luật"]', 'Luật Thi đua, khen thưởng số 06/2022/QH15, Điều 17 khoản 4', 'draft', 0, 0),
  ('guiding-texts', 'Văn bản hướng dẫn thi hành Luật đã thay đổi',
   'Từ ngày 01/7/2025, Nghị định số 152/2025/NĐ-CP thay thế Nghị định số 98/2023/NĐ-CP. Thông tư số 15/2025/TT-BNV thay thế Thông tư số 01/2024/TT-BNV.

Khi lập hồ sơ, tờ trình hoặc danh sách đề nghị, các đơn vị kiểm tra căn cứ pháp lý trước khi trình ký; không viện dẫn các văn bản đã được thay thế. Nếu còn vướng mắc, xin hỏi Phòng Hành chính - Tổ chức.',
   '["pháp luật"]', 'Nghị định số 152/2025/NĐ-CP; Thông tư số 15/2025/TT-BNV', 'draft', 0, 0),
  ('good-deed-and-exemplar', 'Người tốt, việc tốt và điển hình tiên tiến',
   'Luật không định nghĩa các khái niệm này. Khi đề cử, chúng ta tạm hiểu như sau:

Người tốt, việc tốt: một việc làm tốt, cụ thể, có người biết và có kết quả.

Điển hình tiên tiến: cá nhân hoặc tập thể xuất sắc một cách bền bỉ, đáng để nơi khác học tập.

Một việc tốt hôm nay có thể là bước đầu của một điển hình tiên tiến. Vì vậy xin giới thiệu ngay cả những việc nhỏ.',
   '["chính sách"]', 'Cách hiểu dùng trong việc đề cử, do cơ quan xác định', 'draft', 0, 0),
  ('new-factor-model-way', 'Nhân tố mới, mô hình mới, cách làm hay',
   'Luật không định nghĩa các khái niệm này. Khi đề cử, chúng ta tạm hiểu như sau:

Nhân tố mới: cá nhân hoặc tập thể mới nổi lên, nhiều triển vọng, cần được bồi dưỡng.

Mô hình mới: một cách tổ chức công việc mới.

Cách làm hay: một giải pháp mà nơi khác có thể áp dụng.

Chưa chắc thuộc loại nào thì chọn loại gần nhất: đơn vị và bộ phận thư ký sẽ xem lại.',
   '["chính sách"]', 'Cách hiểu dùng trong việc đề cử, do cơ quan xác định', 'draft', 0, 0),
  ('plan-854-aims', 'Kế hoạch 854/KH-VP muốn đạt điều gì',
   'Kế hoạch số 854/KH-VP của Văn phòng UBND tỉnh Đồng Nai đặt ra việc lựa chọn những mô hình, điển hình tiêu biểu, toàn diện hoặc trên từng lĩnh vực, để tuyên truyền, phổ biến kinh nghiệm, phương pháp, cách làm hay và tôn vinh, nêu gương học tập, nhân rộng trong toàn cơ quan, đơn vị, địa phương.

Điển hình được nhân rộng phải thực sự tiêu biểu, có sức lan tỏa, tác động tích cực đối với cơ quan, đơn vị, địa phương và đời sống xã hội.',
   '["chính sách"]', 'Kế hoạch số 854/KH-VP ngày 02/4/2024, mục I', 'draft', 0, 0),
  ('plan-854-monthly', 'Hằng tháng, hằng quý chọn gương ở đơn vị',
   'Theo Kế hoạch số 854/KH-VP, các đơn vị định kỳ hằng tháng, hằng quý lựa chọn các gương người tốt, việc tốt, các nhân tố điển hình để biểu dương tại đơn vị.

Gương tốt còn được giới thiệu trên Cổng Thông tin điện tử của Văn phòng UBND tỉnh; trong họp giao ban, hội nghị sơ kết, tổng kết; qua giao lưu, trao đổi kinh nghiệm giữa các đơn vị và các hoạt động văn hóa, văn nghệ.',
   '["chính sách"]', 'Kế hoạch số 854/KH-VP ngày 02/4/2024, mục II.2', 'draft', 0, 0),
  ('movement-office-culture', 'Phong trào thi đua thực hiện văn hóa công sở',
   '“Cán bộ, công chức, viên chức thi đua thực hiện văn hóa công sở” là một trong các phong trào thi đua được Kế hoạch số 854/KH-VP nêu tên.

Gương của phong trào này ở ngay quanh chúng ta: lời hướng dẫn tận tình, hồ sơ giải quyết đúng hẹn, cách phối hợp giúp việc chung trôi chảy. Nếu thấy một việc như thế, xin ghi lại việc đã làm và kết quả rồi giới thiệu với đơn vị.',
   '["phong trào"]', 'Kế hoạch số 854/KH-VP ngày 02/4/2024, mục II.1', 'draft', 0, 0),
  ('movement-learning', 'Phong trào xây dựng xã hội học tập',
   '“Cả nước thi đua xây dựng xã hội học tập, đẩy mạnh học tập suốt đời giai đoạn 2023 – 2030” là một trong các phong trào thi đua được Kế hoạch số 854/KH-VP nêu tên.

Người bền bỉ tự học để làm việc tốt hơn, người kiên nhẫn chỉ việc cho đồng nghiệp mới, nhóm chia sẻ kinh nghiệm đều đặn đều có thể là gương của phong trào. Phong trào kéo dài đến hết năm 2030.',
   '["phong trào"]', 'Kế hoạch số 854/KH-VP ngày 02/4/2024, mục II.1', 'draft', 0, 0),
  ('movement-innovation', 'Phong trào đổi mới sáng tạo và chuyển đổi số',
   '“Cả nước thi đua đổi mới sáng tạo và chuyển đổi số” là phong trào thi đua được phát động theo Quyết định số 923/QĐ-TTg ngày 14/5/2025.

Một quy trình được rút ngắn, một biểu mẫu điện tử dễ dùng, một cách hướng dẫn người dân nộp hồ sơ trực tuyến đều đáng được kể lại. Khi đề cử, xin nêu số liệu trước và sau, cùng điều mà đơn vị khác có thể làm theo.',
   '["phong trào"]', 'Quyết định số 923/QĐ-TTg ngày 14/5/2025', 'draft', 0, 0),
  ('movement-thrift', 'Phong trào phát triển hạ tầng; thực hành tiết kiệm',
   '“Đẩy mạnh phát triển kết cấu hạ tầng đồng bộ, hiện đại; thực hành tiết kiệm, chống lãng phí” là một trong các phong trào thi đua được Kế hoạch số 854/KH-VP nêu tên.

Tiết kiệm thời gian, giấy in, điện, chi phí đi lại mà công việc vẫn tốt hơn là những việc đo được. Gương của phong trào này càng thuyết phục khi có con số: trước đây bao nhiêu, nay bao nhiêu, trong thời gian nào.',
   '["phong trào"]', 'Kế hoạch số 854/KH-VP ngày 02/4/2024, mục II.1', 'draft', 0, 0)
on conflict (code) do nothing;
