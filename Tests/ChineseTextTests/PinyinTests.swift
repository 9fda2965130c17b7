import ChineseText
import Testing

@Suite("How ideographs are read")
struct PinyinTests {
    @Test("Those that are read alike are all of which that is true one by one")
    func alike() {
        let pinyin = Pinyin()
        let all = (UInt32(0x4E00)...0x9FFF).compactMap { Unicode.Scalar($0) }
        for scalar in "公工重乐政一龥嗯".unicodeScalars {
            let right = all.filter { $0 != scalar && pinyin.areAlike(scalar, $0) }
            #expect(pinyin.alike(scalar) == right, "\(scalar)")
        }
        #expect(pinyin.alike("a").isEmpty && pinyin.alike("公").contains("工"))
    }
}
