import type { ErrorEntry } from './entry.ts'

/** Rows that come in by the API, one by one, as a list or as a stream. */
export const records = {
  'idempotency-key-invalid': {
    status: 400,
    message: {
      'zh-CN': '请求头 Idempotency-Key 写法不对',
      en: 'The header Idempotency-Key is not well formed',
    },
    mend: {
      'zh-CN': '写成带引号的 ASCII 文字，不超过 {limit} 个字符，例如 "8e03978e-40d5-43dd-bc93-6894a57f9324"',
      en: 'Write it as ASCII in quotation marks, of no more than {limit} characters, such as "8e03978e-40d5-43dd-bc93-6894a57f9324"',
    },
  },
  'idempotency-key-stream': {
    status: 422,
    message: {
      'zh-CN': '逐行发送的请求不接受 Idempotency-Key',
      en: 'A stream of rows takes no Idempotency-Key',
    },
    mend: {
      'zh-CN': '去掉这个请求头：每一行按自己的编号，重发不会重复',
      en: 'Leave the header out: each row has an id of its own, and sent again it does nothing twice',
    },
  },
  'idempotency-key-reused': {
    status: 422,
    message: {
      'zh-CN': '这个 Idempotency-Key 已用在内容不同的请求上',
      en: 'This Idempotency-Key came with another body before',
    },
    mend: { 'zh-CN': '新的请求请换一个新的值', en: 'Give a new call a new key' },
  },
  'idempotency-key-under-way': {
    status: 409,
    message: {
      'zh-CN': '带这个 Idempotency-Key 的请求还在处理',
      en: 'The call with this Idempotency-Key is still being answered',
    },
    mend: { 'zh-CN': '稍等片刻再发', en: 'Wait a moment and send it again' },
  },
  'record-refused': {
    status: 422,
    message: { 'zh-CN': '没有写入：{reason}', en: 'It was not taken: {reason}' },
    mend: { 'zh-CN': '按原因改正后再发一次', en: 'Correct what the reason names and send it again' },
  },
  'records-refused': {
    status: 422,
    message: {
      'zh-CN': '{count} 行一行也没有写入；第一行的原因：{reason}',
      en: 'None of the {count} {count:row|rows} was taken; the first one for this: {reason}',
    },
    mend: {
      'zh-CN': '每一行的原因在 results 里，改正后再发',
      en: 'Each row’s reason stands among the results; correct them and send them again',
    },
  },
  'records-missing': {
    status: 400,
    message: { 'zh-CN': '没有任何一行数据', en: 'There is no row in it' },
    mend: {
      'zh-CN': '发一条记录、一个记录的列表，或每行一条 JSON 的流（application/x-ndjson）',
      en: 'Send a record, a list of records, or a stream with one JSON a line (application/x-ndjson)',
    },
  },
  'records-too-many': {
    status: 413,
    message: { 'zh-CN': '一次最多 {limit} 行', en: 'At most {limit} rows are taken at once' },
    mend: {
      'zh-CN': '分成几次，或用 application/x-ndjson 以流的方式发送，长度不限',
      en: 'Send it in parts, or as a stream (application/x-ndjson), which may be of any length',
    },
  },
  'record-too-large': {
    status: 413,
    message: { 'zh-CN': '这一行超过 {limit}', en: 'The row is larger than {limit}' },
    mend: { 'zh-CN': '少传一些字段，或拆开', en: 'Send fewer fields, or split it' },
  },
  'record-not-json': {
    status: 400,
    message: { 'zh-CN': '这一行不是合格的 JSON', en: 'The row is not JSON' },
    mend: {
      'zh-CN': '每一行写一个完整的 JSON 对象，用 UTF-8 编码',
      en: 'Write one whole JSON object a line, in UTF-8',
    },
  },
  'record-invalid': {
    status: 422,
    message: { 'zh-CN': '这一行写法不对：{detail}', en: 'The row is not as it should be: {detail}' },
    mend: { 'zh-CN': '按接口说明改好再发这一行', en: 'Send this row again as the API describes it' },
  },
  'record-not-object': {
    status: 400,
    message: { 'zh-CN': '这一行不是一个对象', en: 'The row is no object' },
    mend: { 'zh-CN': '每一行写成 { "字段": 值 } 的样子', en: 'Write each row like { "field": value }' },
  },
  'record-id-differs': {
    status: 422,
    message: {
      'zh-CN': '内容里的编号 {id} 和地址里的不一样',
      en: 'The id {id} in the body is not the one in the address',
    },
    mend: {
      'zh-CN': '去掉内容里的编号，或改成一样；编号不能改',
      en: 'Leave it out of the body, or make both the same; an id does not change',
    },
  },
  'customer-changed': {
    status: 409,
    message: {
      'zh-CN': '“{field}”刚被改过，现在是“{now}”',
      en: '“{field}” was changed meanwhile and is “{now}” now',
    },
    mend: {
      'zh-CN': '看过现在的值，再决定保留哪一个',
      en: 'Look at what it is now, then choose which to keep',
    },
  },
  'edit-fixed': {
    status: 422,
    message: { 'zh-CN': '“{field}”不能由人修改', en: '“{field}” is nothing that a person changes' },
    mend: {
      'zh-CN': '评分由模型计算；其余字段随数据而来',
      en: 'Scores are reckoned by models, and other fields follow from data',
    },
  },
  'stream-cut': {
    status: 400,
    message: { 'zh-CN': '数据流中途断了', en: 'The stream ended half-way' },
    mend: {
      'zh-CN': '从头再发一次：已写入的行不会重复写入',
      en: 'Send it again from its beginning: rows that were taken are not taken twice',
    },
  },
} as const satisfies Record<string, ErrorEntry>
