import { newName, writtenText } from '../text.ts'

/** What the page says to whom somebody has invited, where the brand has written nothing else. */
export const usualTexts = {
  title: { 'zh-CN': '好友邀请你，新人有礼', en: 'A friend invites you' },
  text: {
    'zh-CN': '留下手机号，即可领取新人礼，邀请你的好友也会收到一份。',
    en: 'Leave your phone number to get a gift; your friend gets one too.',
  },
  consent: {
    'zh-CN': '我同意用这个手机号注册，并接收活动短信，随时可以退订。',
    en: 'I agree to be registered with this number and to get messages about offers; I can unsubscribe at any time.',
  },
  thanks: { 'zh-CN': '登记成功，礼遇会尽快送达。', en: 'You are in. Your gift is on its way.' },
}

/** The words of the page, each in one language at least. */
export const pageTexts = {
  title: newName.default(usualTexts.title),
  text: writtenText.default(usualTexts.text),
  consent: writtenText
    .default(usualTexts.consent)
    .describe('What the invited agrees to; nothing is kept of whoever does not'),
  thanks: writtenText.default(usualTexts.thanks),
}
