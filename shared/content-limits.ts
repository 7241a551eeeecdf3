/** What the library of contents may hold: a part of the table of limits. */
export const contentLimits = {
  attachments: {
    value: 9,
    unit: 'entries',
    what: { 'zh-CN': '一条消息的附件', en: 'The attachments of a message' },
  },
  linkGuesses: {
    value: 30,
    unit: 'perMinute',
    what: { 'zh-CN': '同一来源打开不存在的短链接', en: 'Short links that are none, opened by one caller' },
  },
  assetSide: {
    value: 10_000,
    unit: 'entries',
    what: { 'zh-CN': '图片每边的像素', en: 'The pixels of each side of a picture' },
  },
  assets: {
    value: 500,
    unit: 'entries',
    what: { 'zh-CN': '素材库里的图片', en: 'The pictures of the asset store' },
  },
  assetUpload: {
    value: 20_000_000,
    unit: 'bytes',
    what: { 'zh-CN': '上传的一张图片', en: 'One picture as it is uploaded' },
  },
  assetSize: {
    value: 2_000_000,
    unit: 'bytes',
    what: {
      'zh-CN': '保存下来的一张图片（微信最多收 2 MB）',
      en: 'One picture as it is kept; WeChat takes 2 MB',
    },
  },
  assetShownSide: {
    value: 2048,
    unit: 'entries',
    what: {
      'zh-CN': '图片保存时长边的像素',
      en: 'The pixels to which the longer side of a picture is made smaller',
    },
  },
  assetRoom: {
    value: 300_000_000,
    unit: 'bytes',
    what: { 'zh-CN': '一个品牌的图片共占', en: 'All pictures of a brand' },
  },
  contents: {
    value: 500,
    unit: 'entries',
    what: { 'zh-CN': '内容库里的内容', en: 'The contents of a library' },
  },
  contentVariants: {
    value: 20,
    unit: 'entries',
    what: { 'zh-CN': '一条内容除默认外的版本', en: 'The variants of a content besides its default' },
  },
  contentLabelValues: {
    value: 50,
    unit: 'entries',
    what: { 'zh-CN': '一个标签列出的值', en: 'The values that one label of a variant lists' },
  },
  contentDepth: {
    value: 3,
    unit: 'levels',
    what: { 'zh-CN': '内容套用内容的层数', en: 'How deep contents may stand within contents' },
  },
  contentsInText: {
    value: 20,
    unit: 'entries',
    what: {
      'zh-CN': '一段文案里用到的内容（连同内容里套用的）',
      en: 'The contents that one text shows, those within contents among them',
    },
  },
} as const
