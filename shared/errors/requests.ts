import type { ErrorEntry } from './entry.ts'

/** What is wrong with a request as such. */
export const requests = {
  'not-found': {
    status: 404,
    message: { 'zh-CN': '没有找到「{what}」', en: '{what} was not found' },
    mend: { 'zh-CN': '请检查编号，或回到列表重新选择', en: 'Check the id, or pick it again from the list' },
  },
  'invalid-request': {
    status: 400,
    message: { 'zh-CN': '请求的内容不合要求：{detail}', en: 'The request is not valid: {detail}' },
    mend: { 'zh-CN': '按提示的位置改正后重试', en: 'Correct the place named and try again' },
  },
  'method-not-allowed': {
    status: 405,
    message: {
      'zh-CN': '这个地址不接受 {method} 请求',
      en: 'This address does not take {method}',
    },
    mend: { 'zh-CN': '可用的方法：{allowed}', en: 'It takes {allowed}' },
  },
  'form-broken': {
    status: 400,
    message: {
      'zh-CN': '上传的表单不完整，或写法不对',
      en: 'The form of the upload is cut off or not well formed',
    },
    mend: {
      'zh-CN': '重新上传；每一栏只写一次，只带一个文件',
      en: 'Upload it again, with each field once and one file',
    },
  },
  'json-too-deep': {
    status: 400,
    message: {
      'zh-CN': '内容嵌套超过 {levels} 层',
      en: 'The body is nested more than {levels} levels deep',
    },
    mend: { 'zh-CN': '把它拆简单后重试', en: 'Make it simpler and try again' },
  },
  'json-too-many': {
    status: 413,
    message: {
      'zh-CN': '内容里的值超过 {limit} 个',
      en: 'The body holds more than {limit} values',
    },
    mend: { 'zh-CN': '分成几次发送', en: 'Send it in several parts' },
  },
  'text-broken': {
    status: 400,
    message: {
      'zh-CN': '有一段文字不完整：含有 NUL 或半个字符',
      en: 'A text is broken: it holds NUL or half a character',
    },
    mend: {
      'zh-CN': '截断文字时按整个字符截，去掉 NUL，再提交一次',
      en: 'Cut texts between whole characters, leave NUL out and send it again',
    },
  },
  'name-reserved': {
    status: 400,
    message: {
      'zh-CN': '“__proto__”不能作名称',
      en: '“__proto__” cannot be the name of anything',
    },
    mend: {
      'zh-CN': '换一个名称，再提交一次',
      en: 'Choose another name and send it again',
    },
  },
  'number-lost': {
    status: 400,
    message: {
      'zh-CN': '有一个数字太大，读进来时末尾的数字已经丢失',
      en: 'A number is too large: its last digits are lost in reading',
    },
    mend: { 'zh-CN': '编号请写成文字，也就是放在引号里', en: 'Send ids as texts, in quotation marks' },
  },
  'body-too-large': {
    status: 413,
    message: { 'zh-CN': '内容太大，上限为 {limit}', en: 'The body is too large; the limit is {limit}' },
    mend: { 'zh-CN': '分成几份再提交', en: 'Split it and send the parts' },
  },
  'origin-refused': {
    status: 403,
    message: { 'zh-CN': '请求来自别的网站', en: 'The request comes from another site' },
    mend: { 'zh-CN': '请在鹊桥自己的页面里操作', en: 'Do it on a page of Magpie itself' },
  },
  'host-refused': {
    status: 403,
    message: {
      'zh-CN': '不接受以“{host}”为主机名的请求',
      en: 'Requests for the host “{host}” are not accepted',
    },
    mend: {
      'zh-CN': '用 localhost 打开；要从别的机器访问，请设置 HOST 和 MAGPIE_PASSWORD',
      en: 'Open it by localhost; to reach it from other machines set HOST and MAGPIE_PASSWORD',
    },
  },
  'too-many-requests': {
    status: 429,
    message: { 'zh-CN': '请求太频繁了', en: 'There are too many requests' },
    mend: { 'zh-CN': '{seconds} 秒后再试', en: 'Try again in {seconds} {seconds:second|seconds}' },
  },
  'body-encoding': {
    status: 400,
    message: { 'zh-CN': '提交的内容不是 UTF-8 编码', en: 'What was sent is not UTF-8' },
    mend: { 'zh-CN': '用 UTF-8 编码提交', en: 'Send it as UTF-8' },
  },
  'unsupported-media': {
    status: 415,
    message: { 'zh-CN': '不认识这种内容：{type}', en: 'Content of this kind is not understood: {type}' },
    mend: { 'zh-CN': '用 {wanted} 提交', en: 'Send it as {wanted}' },
  },
  'not-ready': {
    status: 503,
    message: { 'zh-CN': '鹊桥暂时干不了活', en: 'Magpie cannot do its work now' },
    mend: { 'zh-CN': '照 signs 里每一条说的处理', en: 'Do what each of the signs says' },
  },
  'not-alive': {
    status: 503,
    message: { 'zh-CN': '鹊桥停住了', en: 'Magpie stands still' },
    mend: { 'zh-CN': '照 signs 里每一条说的处理', en: 'Do what each of the signs says' },
  },
  internal: {
    status: 500,
    message: { 'zh-CN': '服务出错了', en: 'Something went wrong on the server' },
    mend: {
      'zh-CN': '稍后重试；若仍出错，请把编号 {id} 告诉工程师',
      en: 'Try again; if it persists, give the id {id} to an engineer',
    },
  },
  'request-timeout': {
    status: 408,
    message: {
      'zh-CN': '请求的内容迟迟没有传完，连接已经关闭',
      en: 'The rest of the request did not come, and the connection was closed',
    },
    mend: {
      'zh-CN': '检查网络后再发一次；大文件可以慢慢传，只要不停住',
      en: 'Check the network and send it again; a large file may come slowly, as long as it does not stop',
    },
  },
  stopping: {
    status: 503,
    message: { 'zh-CN': '鹊桥正在停止', en: 'Magpie is stopping' },
    mend: { 'zh-CN': '等它重新启动后再试', en: 'Try again when it has been started again' },
  },
} as const satisfies Record<string, ErrorEntry>
