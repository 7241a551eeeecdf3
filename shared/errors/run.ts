import type { ErrorEntry } from './entry.ts'

/** What a compiled journey must never do. */
export const run = {
  'undeclared-outcome': {
    status: 500,
    message: { 'zh-CN': '状态 {state} 没有出口 {event}', en: 'State {state} has no way out by {event}' },
    mend: {
      'zh-CN': '重新发布旅程；若仍出错请联系工程师',
      en: 'Publish the journey again; if it persists, tell an engineer',
    },
  },
  'audience-unknown': {
    status: 422,
    message: {
      'zh-CN': '说不清人群 {audience} 里有谁，不知道该走哪条路',
      en: 'Nobody can say who is in audience {audience}, nor which way to go',
    },
    mend: {
      'zh-CN': '打开这个人群改好（或按这个编号重新建），再点重试',
      en: 'Mend that audience, or make it again under this key, then retry',
    },
  },
  'trace-gone': {
    status: 422,
    message: {
      'zh-CN': '这次入组没有留下轨迹，无法重放',
      en: 'Nothing is left of the steps of this passage, so it cannot be replayed',
    },
    mend: {
      'zh-CN': '删除客户资料时轨迹会一并删除；若并未删除，请以备份核对',
      en: 'Erasing a customer takes the steps away as well; where nobody was erased, compare with a backup',
    },
  },
  'trace-unfit': {
    status: 422,
    message: {
      'zh-CN': '旅程记录里没有「{what}」当时的取值，无法照原样重放',
      en: 'The trace does not say what {what} was then, so it cannot be replayed as it was',
    },
    mend: {
      'zh-CN': '这条记录可能被改过，或由另一个版本写成；请以备份核对',
      en: 'The trace may have been changed, or belong to another version; compare it with a backup',
    },
  },
  'endless-journey': {
    status: 422,
    message: { 'zh-CN': '客户在节点 {node} 停不下来', en: 'A customer does not come to rest at {node}' },
    mend: { 'zh-CN': '在循环里放一个等待节点', en: 'Put a wait into the loop' },
  },
  'engine-restarted': {
    status: 503,
    message: {
      'zh-CN': '引擎停住了，刚刚重新开始，这次操作做没做完不能确定',
      en: 'The engine stood still and was started anew; whether this was done cannot be told',
    },
    mend: {
      'zh-CN': '先看看做成了没有，没有就再做一次',
      en: 'Look whether it was done, and do it again if not',
    },
  },
} as const satisfies Record<string, ErrorEntry>
