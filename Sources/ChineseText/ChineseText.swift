// ChineseText
