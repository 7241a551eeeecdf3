import type { ErrorEntry } from './entry.ts'

/** What a person decides. */
export const tasks = {
  'task-decided': {
    status: 409,
    message: {
      'zh-CN': '这项任务已经有人决定了',
      en: 'Somebody has decided about this task already',
    },
    mend: {
      'zh-CN': '先按下的算数；刷新列表看结果',
      en: 'The first decision holds; refresh the list to see it',
    },
  },
  'task-over': {
    status: 409,
    message: {
      'zh-CN': '这项任务已经不用决定：期限过了，或客户已经离开这一步',
      en: 'This task is over: its time is up, or the customer has left that step',
    },
    mend: {
      'zh-CN': '在客户页面看他现在走到哪里',
      en: 'See on the customer’s page where the customer is now',
    },
  },
  'task-taken': {
    status: 409,
    message: { 'zh-CN': '这项任务已经由 {staff} 在办', en: 'Somebody has this task already: {staff}' },
    mend: { 'zh-CN': '请团队长转交，或办别的任务', en: 'Ask the leader of the team, or take another' },
  },
  'task-nobodys': {
    status: 409,
    message: {
      'zh-CN': '这是一个决定，不派给员工',
      en: 'This is a decision, which is nobody’s of the staff',
    },
    mend: { 'zh-CN': '直接按一个按钮', en: 'Press one of its buttons' },
  },
  'task-due-unfit': {
    status: 422,
    message: {
      'zh-CN': '任务的期限要晚于现在，最远 {days} 天',
      en: 'A task must be due after now, and within {days} days',
    },
    mend: { 'zh-CN': '换一个期限', en: 'Choose another moment' },
  },
  'task-of-journey': {
    status: 409,
    message: {
      'zh-CN': '这项任务是旅程派的，客户在等它的结果，不能撤销',
      en: 'A journey made this task, and its customer waits for what comes of it: it cannot be taken back',
    },
    mend: {
      'zh-CN': '办完它，或在画布上把客户移出旅程',
      en: 'Do it, or take the customer out of the journey on the canvas',
    },
  },
  'no-such-button': {
    status: 422,
    message: {
      'zh-CN': '这项任务没有按钮「{button}」，可选：{buttons}',
      en: 'The task has no button “{button}”; it has {buttons}',
    },
    mend: { 'zh-CN': '用其中一个按钮的编号', en: 'Give the id of one of them' },
  },
} as const satisfies Record<string, ErrorEntry>
