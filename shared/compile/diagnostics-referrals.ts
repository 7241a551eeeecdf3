import type { DiagnosticEntry } from './diagnostics.ts'

/** What is found where texts lead to the brand's referral programmes. */
export const referralDiagnostics = {
  'referral-not-there': {
    severity: 'error',
    message: { 'zh-CN': '没有键为“{referral}”的邀请活动', en: 'There is no referral programme “{referral}”' },
    mend: {
      'zh-CN': '到“邀请活动”页新建它，或改用已有活动的键',
      en: 'Make it on the page of referrals, or name one that is there',
    },
  },
  'referral-field-unknown': {
    severity: 'error',
    message: {
      'zh-CN': '邀请活动没有“{variable}”这一项',
      en: 'A referral programme has no “{variable}”',
    },
    mend: {
      'zh-CN': '可用的有 referral.{referral}.link、referral.{referral}.poster 和 referral.{referral}.qr',
      en: 'There are referral.{referral}.link, referral.{referral}.poster and referral.{referral}.qr',
    },
  },
} as const satisfies Record<string, DiagnosticEntry>
