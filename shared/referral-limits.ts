/** How many referral programmes there may be, and how often a page of theirs is asked: a part of the table of limits. */
export const referralLimits = {
  referrals: {
    value: 100,
    unit: 'entries',
    what: { 'zh-CN': '一个品牌的邀请活动', en: 'The referral programmes of a brand' },
  },
  referralPages: {
    value: 120,
    unit: 'perMinute',
    what: {
      'zh-CN': '同一来源打开邀请页和海报',
      en: 'Pages and posters of invitations opened by one caller',
    },
  },
  referralJoins: {
    value: 10,
    unit: 'perMinute',
    what: { 'zh-CN': '同一来源在邀请页登记', en: 'Registrations on pages of invitations by one caller' },
  },
  referralJoinsOfLink: {
    value: 60,
    unit: 'perMinute',
    what: { 'zh-CN': '同一邀请链接上的登记', en: 'Registrations by one link of invitation' },
  },
} as const
