import type { ErrorEntry } from './entry.ts'

/** Programmes by which customers invite others. */
export const referrals = {
  'referral-exists': {
    status: 409,
    message: { 'zh-CN': '已经有键为 {referral} 的邀请活动', en: 'There is a programme {referral} already' },
    mend: { 'zh-CN': '换一个键，或打开原来的活动修改', en: 'Choose another key, or change the one there is' },
  },
  'referral-stale': {
    status: 409,
    message: {
      'zh-CN': '邀请活动 {referral} 在别处改过了：你的是第 {revision} 稿，现在是第 {current} 稿',
      en: 'The programme {referral} was changed elsewhere: yours is revision {revision}, the present one is {current}',
    },
    mend: {
      'zh-CN': '先看看现在的活动，再决定用哪一份',
      en: 'Look at it as it is now, then decide which of the two is to stand',
    },
  },
  'referrals-too-many': {
    status: 409,
    message: {
      'zh-CN': '已经有 {limit} 个邀请活动，不能再加',
      en: 'There are {limit} programmes, and no more can be kept',
    },
    mend: { 'zh-CN': '删除没有人参加过的活动', en: 'Delete programmes by which nobody ever came' },
  },
  'referral-begun': {
    status: 409,
    message: {
      'zh-CN': '邀请活动 {referral} 已经发出 {links} 个邀请链接，不能删除',
      en: 'The programme {referral} has {links} links with customers and cannot be deleted',
    },
    mend: {
      'zh-CN': '改为停止，链接会打开“活动已结束”的页面',
      en: 'Close it: its links then lead to a page that says so',
    },
  },
  'referral-code-unknown': {
    status: 404,
    message: { 'zh-CN': '没有邀请码 {code}', en: 'There is no invitation {code}' },
    mend: { 'zh-CN': '请从邀请链接里原样取用', en: 'Take it from the link as it stands there' },
  },
  'referral-over': {
    status: 410,
    message: {
      'zh-CN': '邀请活动 {referral} 不在进行中',
      en: 'The programme {referral} takes nobody in at present',
    },
    mend: {
      'zh-CN': '检查活动是否开启、起止日期是否包含今天',
      en: 'See whether it is open, and whether today is within its days',
    },
  },
  'referral-decided': {
    status: 409,
    message: { 'zh-CN': '这条邀请不在待核对中', en: 'This invitation does not wait for anybody' },
    mend: { 'zh-CN': '刷新列表查看现在的状态', en: 'Load the list anew to see how it stands' },
  },
  'referral-picture-no-font': {
    status: 503,
    message: {
      'zh-CN': '服务器没有能写中文的字体，海报不画（画出来会是方框）',
      en: 'This server has no font that can write Chinese, so no poster is drawn: it would show boxes',
    },
    mend: {
      'zh-CN': '在服务器上安装中文字体，例如 apt install fonts-noto-cjk，然后重启',
      en: 'Install a font on the server, such as fonts-noto-cjk of Debian, and start it again',
    },
  },
} as const satisfies Record<string, ErrorEntry>
