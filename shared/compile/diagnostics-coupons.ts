import type { DiagnosticEntry } from './diagnostics.ts'

/** What is found where nodes hand out the brand's coupons. */
export const couponDiagnostics = {
  'coupon-not-there': {
    severity: 'error',
    message: { 'zh-CN': '没有键为“{coupon}”的优惠券', en: 'There is no coupon “{coupon}”' },
    mend: {
      'zh-CN': '到“优惠券”页新建它，或换一张券',
      en: 'Make it on the page of coupons, or choose another',
    },
  },
  'coupon-closed': {
    severity: 'warning',
    message: {
      'zh-CN': '优惠券“{coupon}”停发了，走到这里的客户拿不到券',
      en: 'The coupon “{coupon}” is not handed out at present: nobody who comes here gets one',
    },
    mend: { 'zh-CN': '在优惠券页重新开始发放，或换一张券', en: 'Open it again, or choose another' },
  },
  'coupon-over': {
    severity: 'warning',
    message: {
      'zh-CN': '优惠券“{coupon}”到 {day} 就过期了，走到这里的客户拿不到券',
      en: 'The coupon “{coupon}” ended on {day}: nobody who comes here gets one',
    },
    mend: { 'zh-CN': '改它的最后一天，或换一张券', en: 'Give it another last day, or choose another' },
  },
} as const satisfies Record<string, DiagnosticEntry>
