import type { DiagnosticEntry } from './diagnostics.ts'

/** What cannot be reckoned with: audiences of which nobody can say who is in them, and journeys that are too large. */
export const boundDiagnostics = {
  'audience-in-circle': {
    severity: 'error',
    message: {
      'zh-CN': '人群「{audience}」说不清有谁：{circle} 互相引用成了圈，“在”和“不在”都不成立',
      en: 'Nobody can say who is in audience “{audience}”: {circle} is a circle, so that neither in nor not in it holds',
    },
    mend: {
      'zh-CN': '打开圈里的一个人群，去掉对下一个的引用',
      en: 'Open one of the audiences in the circle, and take out the next one',
    },
  },
  'audience-too-deep': {
    severity: 'error',
    message: {
      'zh-CN': '人群「{audience}」说不清有谁：一层层引用了 {levels} 层，“在”和“不在”都不成立',
      en: 'Nobody can say who is in audience “{audience}”: audiences name others {levels} levels deep, so that neither in nor not in it holds',
    },
    mend: {
      'zh-CN': '在中间的某个人群里直接写条件，不再引用别的人群',
      en: 'Write the conditions themselves in one of the audiences on the way',
    },
  },
  'audience-unreadable': {
    severity: 'error',
    message: {
      'zh-CN': '人群「{audience}」说不清有谁：人群 {unreadable} 的条件读不出来，“在”和“不在”都不成立',
      en: 'Nobody can say who is in audience “{audience}”: the condition of {unreadable} cannot be read, so that neither in nor not in it holds',
    },
    mend: {
      'zh-CN': '打开那个人群，重新写它的条件',
      en: 'Open that audience, and write its condition anew',
    },
  },
  'audience-missing': {
    severity: 'error',
    message: {
      'zh-CN': '人群「{audience}」说不清有谁：没有人群 {missing}，“在”和“不在”都不成立',
      en: 'Nobody can say who is in audience “{audience}”: there is no audience {missing}, so that neither in nor not in it holds',
    },
    mend: {
      'zh-CN': '换成已有的人群，或按这个编号重新建一个',
      en: 'Choose an audience that exists, or make one under this key',
    },
  },
  'too-many-nodes': {
    severity: 'error',
    message: {
      'zh-CN': '旅程有 {count} 个节点，最多 {limit} 个',
      en: 'The journey has {count} nodes; {limit} is the most',
    },
    mend: {
      'zh-CN': '拆成几个旅程，前一个结束后用事件或人群接上下一个',
      en: 'Make several journeys of it, each let in by an event or an audience of the one before',
    },
  },
  'too-many-triggers': {
    severity: 'error',
    message: {
      'zh-CN': '旅程有 {count} 个入口，最多 {limit} 个',
      en: 'The journey has {count} triggers; {limit} is the most',
    },
    mend: {
      'zh-CN': '合并条件相近的入口，或拆成几个旅程',
      en: 'Put triggers that are alike together, or make several journeys of it',
    },
  },
  'too-many-goals': {
    severity: 'error',
    message: {
      'zh-CN': '旅程有 {count} 个目标，最多 {limit} 个',
      en: 'The journey has {count} goals; {limit} is the most',
    },
    mend: {
      'zh-CN': '只留下要看的目标',
      en: 'Keep those goals that you look at',
    },
  },
} as const satisfies Record<string, DiagnosticEntry>
