import type { LocalText } from '../text.ts'
import type { MailBlock } from './blocks.ts'

/** What a mail may begin with; whoever writes puts their own words in. */
export interface MailLayout {
  readonly id: 'announcement' | 'picks' | 'coupon' | 'birthday'
  readonly name: LocalText
  readonly help: LocalText
  /** Its blocks, with ids that the caller makes. */
  readonly blocks: (newId: () => string) => MailBlock[]
}

const heading = (id: string, text: LocalText, level = 1): MailBlock => ({
  id,
  kind: 'heading',
  text,
  level,
  align: 'left',
})
const words = (id: string, text: LocalText): MailBlock => ({
  id,
  kind: 'text',
  text,
  size: 'normal',
  align: 'left',
})
const button = (id: string, label: LocalText, href = ''): MailBlock => ({
  id,
  kind: 'button',
  label,
  href,
  align: 'center',
  wide: false,
})
const footer = (id: string): MailBlock => ({
  id,
  kind: 'footer',
  text: {
    'zh-CN': '您收到这封邮件，因为您是 {{ brand.name }} 的会员。',
    en: 'You receive this e-mail as a member of {{ brand.name }}.',
  },
})
const greeting = {
  'zh-CN': '{{ customer.name | default: "您好" }}：',
  en: 'Dear {{ customer.name | default: "customer" }},',
}

const coupon = (id: string): MailBlock => ({
  id,
  kind: 'coupon',
  title: { 'zh-CN': '{{ coupon.name }}', en: '{{ coupon.name }}' },
  note: {
    'zh-CN': '有效期至 {{ coupon.expires_at | date_local }}',
    en: 'Valid until {{ coupon.expires_at | date_local }}',
  },
})
const product = (id: string, pick: number): MailBlock => ({
  id,
  kind: 'product',
  pick,
  layout: 'beside',
  label: { 'zh-CN': '看看', en: 'See it' },
  price: true,
  reason: true,
})

export const mailLayouts: readonly MailLayout[] = [
  {
    id: 'announcement',
    name: { 'zh-CN': '通知', en: 'Announcement' },
    help: { 'zh-CN': '题图、一段话、一个按钮', en: 'A picture, some words, one button' },
    blocks: (newId) => [
      {
        id: newId(),
        kind: 'image',
        src: '',
        alt: { 'zh-CN': '', en: '' },
        href: '',
        width: 600,
        align: 'center',
        rounded: false,
      },
      heading(newId(), { 'zh-CN': '一句话的标题', en: 'A heading in a few words' }),
      words(newId(), {
        'zh-CN': `${greeting['zh-CN']}\n\n用两三句话说清楚是什么事，**最重要的**放在前面。`,
        en: `${greeting.en}\n\nSay in two or three sentences what it is about, **what matters most** first.`,
      }),
      button(newId(), { 'zh-CN': '去看看', en: 'Have a look' }),
      footer(newId()),
    ],
  },
  {
    id: 'picks',
    name: { 'zh-CN': '为您挑选', en: 'Picked for you' },
    help: { 'zh-CN': '按每位客户推荐的三件商品', en: 'Three products picked for each customer' },
    blocks: (newId) => [
      heading(newId(), { 'zh-CN': '为您挑了几件', en: 'A few things for you' }),
      words(newId(), {
        'zh-CN': `${greeting['zh-CN']}\n\n根据您买过的，我们挑了这几件。`,
        en: `${greeting.en}\n\nGoing by what you have bought, we have picked these.`,
      }),
      ...[0, 1, 2].map((pick) => product(newId(), pick)),
      footer(newId()),
    ],
  },
  {
    id: 'coupon',
    name: { 'zh-CN': '优惠券', en: 'Coupon' },
    help: {
      'zh-CN': '前面发过券时，带上券码和到期日',
      en: 'With the code and the expiry of a coupon given before',
    },
    blocks: (newId) => [
      heading(newId(), { 'zh-CN': '送您一张券', en: 'A coupon for you' }),
      words(newId(), {
        'zh-CN': `${greeting['zh-CN']}\n\n感谢您一直以来的支持，这张券送给您。`,
        en: `${greeting.en}\n\nThank you for staying with us. This coupon is for you.`,
      }),
      coupon(newId()),
      button(newId(), { 'zh-CN': '去使用', en: 'Use it' }),
      footer(newId()),
    ],
  },
  {
    id: 'birthday',
    name: { 'zh-CN': '生日', en: 'Birthday' },
    help: {
      'zh-CN': '祝福、前面发的生日券、两件推荐',
      en: 'A wish, the coupon given before, two picks',
    },
    blocks: (newId) => [
      {
        ...{ id: newId(), kind: 'heading', level: 1, align: 'center' },
        text: { 'zh-CN': '生日快乐', en: 'Happy birthday' },
      },
      words(newId(), {
        'zh-CN': `${greeting['zh-CN']}\n\n谢谢您又陪了我们一年。**这份礼物是您的**，慢慢挑。`,
        en: `${greeting.en}\n\nThank you for another year with us. **This gift is yours**; take your time.`,
      }),
      coupon(newId()),
      { id: newId(), kind: 'divider' },
      {
        ...{ id: newId(), kind: 'heading', level: 3, align: 'left' },
        text: { 'zh-CN': '也许您会喜欢', en: 'You may like' },
      },
      ...[0, 1].map((pick) => product(newId(), pick)),
      footer(newId()),
    ],
  },
]
