/** Chinese for what the schemas' own rules ask for, by the English that stands in the schema. */
export const rules: Readonly<Record<string, string>> = {
  'a text in at least one language (zh-CN or en)': '至少写一种语言（zh-CN 或 en）',
  'an IANA time zone such as Asia/Shanghai': 'IANA 时区名，例如 Asia/Shanghai',
  'a lower-case letter, then letters, digits, _ or -, 64 at most':
    '小写字母开头，之后用小写字母、数字、_ 或 -，最多 64 个字符',
  'words that ask for a reply which unsubscribes, such as 拒收请回复R, 回T退订 or Reply STOP':
    '客户照着回复就能退订的话，例如 拒收请回复R、回T退订、Reply STOP',
  'a letter, then letters, digits, _ or a dot, 100 at most':
    '字母开头，之后用字母、汉字、数字、_ 或点，最多 100 个字符',
  'five cron fields': '五段 cron：分 时 日 月 星期',
  'HH:MM': '时刻，例如 09:30',
  'any id but otherwise': '除 otherwise 以外的编号',
  'any id but otherwise and failed': '除 otherwise 和 failed 以外的编号',
  'ids of ways out differ': '各出口的编号互不相同',
  'names and places, such as data.items[0].state': '名称与序号，例如 data.items[0].state',
  'branch ids differ': '各分支的编号互不相同',
  'variant ids differ': '各组的编号互不相同',
  'a channel that this Magpie has': '已有的渠道',
  'an e-mail needs a subject': '邮件要有主题',
  'a webhook needs an address': 'Webhook 要有地址',
  '200 tests at most in one condition': '一个条件里最多 200 项判断',
  'a tag to add or to remove': '至少加上或去掉一个标签',
  'a length above zero': '大于零的时长',
  'ten years at most': '不超过十年',
  'a date that exists, such as 2026-08-19': '真实的日期，例如 2026-08-19',
  'capital letters and digits, 8 at most': '大写字母和数字，最多 8 个',
  'an address, or a name and <address>': '邮箱地址，或名字加 <邮箱地址>',
  'two different times': '两个不同的时刻',
  'at least 16 characters': '至少 16 个字符',
  'an ISO 4217 code such as CNY': 'ISO 4217 货币代码，例如 CNY',
  'a name': '一个名字',
  'small letters, digits and hyphens': '小写字母、数字和连字符',
}
