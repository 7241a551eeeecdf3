import type { DiagnosticEntry } from './diagnostics.ts'

/** Names of what comes with data, of which there is nothing yet. */
export const nameDiagnostics = {
  'attribute-unknown': {
    severity: 'warning',
    message: {
      'zh-CN': '没有一位客户有「{name}」这个字段，现在没有人会满足',
      en: 'No customer has the attribute “{name}”, so that nobody meets this now',
    },
    mend: {
      'zh-CN': '核对写法，「客户 → 字段」列出了所有字段；以后导入才有的话，可以照常发布',
      en: 'Check how it is written: Customers, Fields lists them all. If it comes with a later import, publish as it is',
    },
  },
  'event-unknown': {
    severity: 'warning',
    message: {
      'zh-CN': '还没有一位客户做过「{name}」，在它第一次传来之前，这里不会有人',
      en: 'No customer has ever done “{name}”: nobody gets here until it comes in for the first time',
    },
    mend: {
      'zh-CN': '核对名字是不是和传来的行为一模一样；还没有接好的话，接好以后就会生效',
      en: 'Check that the name is that of the events which are sent, to the letter; where nothing is sent yet, it works once it is',
    },
  },
  'tag-unknown': {
    severity: 'warning',
    message: {
      'zh-CN': '没有一位客户有标签「{name}」，现在没有人会满足',
      en: 'No customer bears the tag “{name}”, so that nobody meets this now',
    },
    mend: {
      'zh-CN': '核对写法，或先给客户打上这个标签',
      en: 'Check how it is written, or give customers the tag first',
    },
  },
  'exclusion-unknown': {
    severity: 'warning',
    message: {
      'zh-CN': '没有一位客户有「{name}」这个{kind}，所以这里谁也没有排除：所有人都会通过',
      en: 'No customer has the {kind} “{name}”, so this keeps nobody out: everybody passes',
    },
    mend: {
      'zh-CN': '发布前核对写法；确实还没有人有的话，可以照常发布',
      en: 'Check how it is written before you publish; if nobody really has it yet, publish as it is',
    },
  },
} as const satisfies Record<string, DiagnosticEntry>
