import type { ErrorEntry } from './entry.ts'

/** Work that is bounded: what is refused, and what is ended before it is done. */
export const work = {
  'work-busy': {
    status: 503,
    message: {
      'zh-CN': '手头的活儿太多，这一项排不进去了',
      en: 'Too much is being worked out at the moment for this to be taken as well',
    },
    mend: {
      'zh-CN': '过一会儿再试，或在「进行中」里结束不再需要的',
      en: 'Try again in a little while, or end what is no longer needed under “Under way”',
    },
  },
  'upkeep-running': {
    status: 409,
    message: { 'zh-CN': '数据维护正在进行', en: 'The upkeep of the data is under way already' },
    mend: {
      'zh-CN': '等它做完，结果在「设置 → 运行状况」',
      en: 'Wait until it is done: Settings, Health shows how it went',
    },
  },
  'work-too-long': {
    status: 422,
    message: {
      'zh-CN': '算了 {seconds} 秒还没有算完，已经停下',
      en: 'It was not done after {seconds} {seconds:second|seconds} and was ended',
    },
    mend: {
      'zh-CN': '把条件收窄，或把旅程、文件拆小后再试',
      en: 'Narrow the condition, or make the journey or the file smaller, and try again',
    },
  },
  'work-too-large': {
    status: 422,
    message: {
      'zh-CN': '需要的内存超过了 {megabytes} MB，已经停下',
      en: 'It needed more than {megabytes} MB of memory and was ended',
    },
    mend: {
      'zh-CN': '把条件收窄，或把旅程、文件拆小后再试',
      en: 'Narrow the condition, or make the journey or the file smaller, and try again',
    },
  },
  'work-not-endable': {
    status: 409,
    message: {
      'zh-CN': '这一项不能中途结束：人会一半在旧版本、一半在新版本',
      en: 'This cannot be ended half-way: some people would stand in the old version and some in the new one',
    },
    mend: {
      'zh-CN': '等它做完；之后再发布一次，可以重新选择在途的人去哪里',
      en: 'Wait until it is done; publish once more then, and choose anew what becomes of those under way',
    },
  },
  'work-ended': {
    status: 503,
    message: { 'zh-CN': '这一项被人结束了', en: 'Somebody has ended this' },
    mend: { 'zh-CN': '需要时重新开始', en: 'Start it again when you need it' },
  },
} as const satisfies Record<string, ErrorEntry>
