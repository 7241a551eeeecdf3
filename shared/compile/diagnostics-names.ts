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
  'condition-journey-missing': {
    severity: 'warning',
    message: {
      'zh-CN': '条件里的旅程「{journey}」不存在，没有人从它那里收到过什么',
      en: 'The condition names the journey “{journey}”, which is not there: it has done nothing to anybody',
    },
    mend: {
      'zh-CN': '打开条件，换一段已有的旅程，或去掉这项限定',
      en: 'Open the condition and choose a journey that exists, or take this test away',
    },
  },
  'event-derived': {
    severity: 'error',
    message: {
      'zh-CN': '「{name}」只能在条件里问，不会作为行为发生，等不到它',
      en: '“{name}” can be asked for in conditions alone: it never happens as an event, so that nobody can wait for it',
    },
    mend: {
      'zh-CN': '换一个会传来的行为；要等另一段旅程，用入口「来自旅程」；要等消息的回应，选打开、点击等行为',
      en: 'Choose an event that comes in; to follow another journey use the trigger “From a journey”, and for a message choose an open, a click or a reply',
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
  'staff-unknown': {
    severity: 'warning',
    message: {
      'zh-CN': '在职员工里没有工号「{name}」，交给他的事没有人会去办',
      en: 'Nobody of the number “{name}” is among the staff who are there, so that what is theirs is done by nobody',
    },
    mend: {
      'zh-CN': '换一位在职员工，或改成交给归属员工或团队；名单在「员工」页',
      en: 'Choose somebody else, whoever has the customer, or a team; the page Staff lists them all',
    },
  },
  'team-unknown': {
    severity: 'warning',
    message: {
      'zh-CN': '没有编号为「{name}」的团队，交给它的事没有人会去办',
      en: 'There is no team of the key “{name}”, so that what is its is done by nobody',
    },
    mend: {
      'zh-CN': '换一个团队，或先在「员工」页建好它',
      en: 'Choose another team, or make it on the page Staff first',
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
