//! What is said of criteria packs that are taken and that change, in Vietnamese.

sentences! {
    /// Sentences of criteria packs, in one language.
    Packs {
        // a file with a pack is announced before it is taken
        ask: "Tệp “{}” là bộ tiêu chí “{}”, bản {}.",
        ask_facts: "Mã {}, có {} mục. Mã kiểm tra: {}.",
        ask_author: "Tự ghi là do “{}” công bố ngày {}. Mã của khóa ký: {} – {}.",
        ask_unsigned: "Không ai ký tệp này, nên không biết chắc ai làm ra. Hãy đối chiếu mã kiểm tra với nơi ban hành.",
        ask_note: "Người công bố ghi: “{}”",
        ask_new: "thêm một bộ tiêu chí để lập phiếu mới",
        ask_newer: "phiếu mới lập theo bản này, thay cho bản {}; phiếu đã có giữ nguyên bản của nó",
        ask_built_in: "bản {} đi kèm trang này không còn dùng cho phiếu mới",
        ask_older: "phiếu mới vẫn lập theo bản {}, mới hơn; bản này chỉ để mở phiếu đã lập theo nó",
        ask_signed: "bộ tiêu chí này đã có ở đây; từ nay ghi là do người ký tệp này công bố",
        ask_many: "{} bộ tiêu chí mới: {}",
        came: "Đã nhận bộ tiêu chí “{}”, bản {}. Lập phiếu mới theo bộ này ở “Việc cần làm”.",
        came_older: "Đã nhận bộ tiêu chí “{}”, bản {}. Phiếu mới vẫn lập theo bản mới hơn; phiếu theo bản này thì mở được.",
        restored: "{} bộ tiêu chí",
        restored_kits: "{} bộ tiêu chí đang soạn",
        // why it is refused
        namesake: "Đây là một bộ tiêu chí khác nhưng mang tên và bản của bộ đã có ở đây ({}). Hãy hỏi người gửi: bản sửa phải có số bản mới.",
        errors: "Bộ tiêu chí này có {} lỗi, nên không dùng được. Hãy nhờ người làm ra nó sửa.",
        // where a pack is from
        from_author: "Bộ tiêu chí do “{}” công bố (theo chữ ký kèm theo, khóa {}), bản {}.",
        from_page: "Bộ tiêu chí có sẵn trong trang, bản {}.",
        paper_author: "Bộ tiêu chí “{}” phiên bản {}, do “{}” phát hành (khóa {}).",
        paper_nobody: "Bộ tiêu chí “{}” phiên bản {}, nhận từ tệp không có chữ ký.",
        from_nobody: "Bộ tiêu chí nạp từ tệp không có chữ ký, bản {}.",
        // a form moves to a newer version
        newer: "Bộ tiêu chí của phiếu này có bản mới hơn: {}. Phiếu vẫn theo bản {} cho đến khi chuyển.",
        look: "Chuyển sang phiên bản {}",
        told: "Nếu chuyển phiếu này sang bản {}:",
        kept: "{} câu trả lời giữ nguyên",
        new: "{} chỗ mới chưa trả lời: {}",
        aside: "{} điều đã trả lời mà bản mới không nhận, được để riêng ở phiếu này, không mất: {}",
        changed: "{} mục đổi kết luận: {}",
        verdict: "kết quả cả phiếu: {} → {}",
        verdict_same: "kết quả cả phiếu không đổi: {}",
        go: "Chuyển phiếu này",
        not_now: "Để sau",
        moved: "Đã chuyển phiếu sang bản {}. Trạng thái trước khi chuyển ở “Các bản trước”.",
        aside_title: "Để riêng từ bản {}",
        aside_say: "Những điều đã trả lời theo bản {} mà bản đang dùng không nhận. Chúng ở lại đây, không tính vào kết quả và không được ký.",
        line: "{}: {}",
        times: "{} lần",
        level: "Cấp của đơn vị",
        unit_type: "Loại hình",
        gate_open: "có",
        gate_clear: "không",
        other_version: "Bản này theo bộ tiêu chí bản {}.",
    }
}
