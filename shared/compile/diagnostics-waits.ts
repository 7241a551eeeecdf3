import type { DiagnosticEntry } from './diagnostics.ts'

/** What cannot be waited for, or is waited for otherwise than one may think. */
export const waitDiagnostics = {
  'date-column-unfit': {
    severity: 'error',
    message: {
      'zh-CN': '「{attribute}」不是日期，没有人等得到',
      en: '“{attribute}” is no date, so nobody can wait for it',
    },
    mend: {
      'zh-CN': '换成生日、注册时间，或“客户 → 字段”里类型为日期或时间的字段',
      en: 'Choose the birthday, when they registered, or a field that is a date or a time under Customers → Fields',
    },
  },
  'dates-at-once': {
    severity: 'warning',
    message: {
      'zh-CN': '前面还有一处也在等客户的日期。日期已经过去的客户，两处都会马上继续，几条消息会一起到',
      en: 'Before this, a date of the customer is waited for too. Whoever’s days have gone by goes on at once at both, and messages come together',
    },
    mend: {
      'zh-CN': '把“如果那时已经过去”改为走「已错过」出口，或离开旅程',
      en: 'Let those who are too late leave by “already past”, or leave the journey',
    },
  },
  'reference-not-before': {
    severity: 'warning',
    message: {
      'zh-CN': '「{reference}」不在这个节点之前，走到这里时它还什么都没发出，等不到',
      en: '“{reference}” does not come before this node, so nothing has come from it when somebody is here',
    },
    mend: {
      'zh-CN': '换成前面的节点，或把这一步移到它后面',
      en: 'Choose a node on the way here, or move this step behind it',
    },
  },
  'shares-over-100': {
    severity: 'error',
    message: {
      'zh-CN': '彩排时各按钮的比例合计 {sum}%，超过了 100%',
      en: 'The shares that a rehearsal assumes come to {sum}%, which is over 100%',
    },
    mend: {
      'zh-CN': '改小比例；不足 100% 的部分算无人决定',
      en: 'Lower the shares; what is left to 100% is nobody’s decision',
    },
  },
} as const satisfies Record<string, DiagnosticEntry>
