import { type ReferralDefinition, referralDefinition } from '../../../shared/referrals/definition.ts'

/** How members of the demo brand bring others. */
export const demoReferral: ReferralDefinition = referralDefinition.parse({
  key: 'friends',
  name: { 'zh-CN': '老带新', en: 'Bring a friend' },
  asks: 'order',
  invited: { tag: '受邀新客' },
  inviter: { tag: '邀请达人' },
  tiers: [{ count: 3, tag: '推荐大使' }],
})
