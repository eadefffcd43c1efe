//! Good practices in Vietnamese.

sentences! {
    /// Sentences of the good practices, in one language.
    Practices {
        title: "Cách làm hay",
        say: "Mô hình, cách làm hay mà các đơn vị nêu trong phiếu đã kiểm tra, tin được. Đánh dấu những cách làm đáng nhân rộng để in thành tập.",
        gathering: "Đang gom cách làm hay từ các phiếu…",
        search: "Tìm cách làm hay, đơn vị",
        with_items: "Tìm cả trong minh chứng, lý do của những mục đạt",
        found: "Có {} cách làm; {} đã đánh dấu nhân rộng.",
        none: "Không tìm thấy cách làm phù hợp.",
        untitled: "Mục {}",
        offered: "Mô hình, cách làm hay",
        mark: "Nhân rộng",
        remark: "Lời giới thiệu, in trong tập",
        more: "Xem thêm {} cách làm",
        booklet: "Tập cách làm hay",
        booklet_none: "Chưa đánh dấu cách làm nào để in.",
        booklet_count: "Tập có {} cách làm đã đánh dấu.",
        gone: "{} cách làm đã đánh dấu không có trong các phiếu đang xem nên không in.",
        print: "In tập cách làm hay",
        copy: "Sao chép nội dung",
        copied: "Đã sao chép.",
        not_copied: "Trình duyệt không cho sao chép; hãy dùng nút in.",
        printed_at: "Gom ngày {}, từ phiếu tự đánh giá do các đơn vị ký và gửi.",
        unit: "Đơn vị",
        period: "Kỳ đánh giá",
        item: "Phần của phiếu",
        code: "Mã kiểm tra của phiếu",
        remark_name: "Lời giới thiệu",
    }
}
