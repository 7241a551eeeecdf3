const megabyte = 1024 * 1024

/** Limits of what a request brings, and in what time. */
export const requestLimits = {
  bodySize: {
    value: megabyte,
    unit: 'bytes',
    what: { 'zh-CN': '一般请求的内容', en: 'The body of a request, where nothing else is said' },
  },
  journeyBodySize: {
    value: 4 * megabyte,
    unit: 'bytes',
    what: { 'zh-CN': '带一个旅程的请求', en: 'The body of a request that holds a journey' },
  },
  listBodySize: {
    value: 8 * megabyte,
    unit: 'bytes',
    what: {
      'zh-CN': '带一份名单的请求（客户、黑名单）',
      en: 'The body of a request that holds a list of customers or addresses',
    },
  },
  eventsBodySize: {
    value: 16 * megabyte,
    unit: 'bytes',
    what: { 'zh-CN': '一批事件', en: 'The body of a batch of events' },
  },
  recordsBodySize: {
    value: 16 * megabyte,
    unit: 'bytes',
    what: {
      'zh-CN': '一次写入的一批记录（以流的方式发送则不限）',
      en: 'A list of records that are written at once; a stream of them may be of any length',
    },
  },
  recordSize: {
    value: 256 * 1024,
    unit: 'bytes',
    what: { 'zh-CN': '数据流里的一行', en: 'A line in a stream of records' },
  },
  recordsAtOnce: {
    value: 10_000,
    unit: 'entries',
    what: { 'zh-CN': '一次写入的一批记录', en: 'The records of one list' },
  },
  hookBodySize: {
    value: 4 * megabyte,
    unit: 'bytes',
    what: { 'zh-CN': '渠道发来的一批回执', en: 'The body of a provider’s report' },
  },
  uploadSize: {
    value: 1024 * megabyte,
    unit: 'bytes',
    what: { 'zh-CN': '上传的文件', en: 'A file that is uploaded' },
  },
  fileNameLength: {
    value: 255,
    unit: 'characters',
    what: {
      'zh-CN': '上传文件的名称（更长的只留前面）',
      en: 'The name of a file that is uploaded; of a longer one the start is kept',
    },
  },
  formFields: {
    value: 10,
    unit: 'entries',
    what: { 'zh-CN': '上传表单里的其他栏', en: 'Other fields of an upload’s form' },
  },
  formFieldSize: {
    value: megabyte,
    unit: 'bytes',
    what: { 'zh-CN': '上传表单里的一栏', en: 'One field of an upload’s form' },
  },
  jsonDepth: {
    value: 128,
    unit: 'levels',
    what: { 'zh-CN': '请求里 JSON 的嵌套', en: 'The nesting of a request’s JSON' },
  },
  jsonValues: {
    value: 1_000_000,
    unit: 'entries',
    what: { 'zh-CN': '请求里 JSON 的值', en: 'The values in a request’s JSON' },
  },
  headersTime: {
    value: 15,
    unit: 'seconds',
    what: { 'zh-CN': '请求头传完的时间', en: 'The time in which the headers of a request come' },
  },
  bodyTime: {
    value: 20,
    unit: 'seconds',
    what: {
      'zh-CN': '一般请求的内容传完的时间；每传到 8 KB 再宽限 1 秒',
      en: 'The time in which the body of a request comes, and a second more for each 8 KB of it',
    },
  },
  uploadPause: {
    value: 30,
    unit: 'seconds',
    what: {
      'zh-CN': '上传文件停住不动的时间（总时间不限）',
      en: 'The time for which an upload may stand still; as a whole it may take any time',
    },
  },
  apiKeys: {
    value: 50,
    unit: 'entries',
    what: { 'zh-CN': '一个品牌的 API 密钥', en: 'The API keys of a brand' },
  },
  keyRequests: {
    value: 3000,
    unit: 'perMinute',
    what: { 'zh-CN': '同一 API 密钥的请求', en: 'Requests by one API key' },
  },
  requests: {
    value: 3000,
    unit: 'perMinute',
    what: { 'zh-CN': '同一地址的请求', en: 'Requests from one address' },
  },
} as const
