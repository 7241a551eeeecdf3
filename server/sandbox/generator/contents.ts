import { type Content, contentSchema } from '../../../shared/contents/content.ts'

const both = (zh: string, en: string) => ({ 'zh-CN': zh, en })
const called = "{{ customer.name | default: '朋友' }}"
const named = "{{ customer.name | default: 'friend' }}"
const greeting = (zh: string, en: string) => ({ text: both(`${called}，${zh}`, `${named}, ${en}`) })
const picture = (file: string, zh: string, en: string) => ({
  image: `https://example.com/shop/pictures/${file}.jpg`,
  alt: both(zh, en),
})

/** What the demo brand's library holds: a text by stage, a picture by interest, an offer by tier. */
const written: readonly unknown[] = [
  {
    ...{ key: 'gift', name: both('会员礼', 'Member’s gift'), kind: 'offer' },
    default: {
      ...{ name: both('见面礼', 'Welcome gift'), code: 'HELLO20', value: 2_000 },
      description: both('满 199 元可用', 'With purchases of 199 and more'),
    },
    variants: [
      {
        ...{ id: 'gold', labels: { tier: ['金卡'] } },
        body: {
          ...{ name: both('金卡专享礼', 'Gold members’ gift'), code: 'GOLD100', value: 10_000 },
          description: both(
            '满 599 元可用，附手写卡片',
            'With purchases of 599 and more, and a card by hand',
          ),
        },
      },
      {
        ...{ id: 'silver', labels: { tier: ['银卡'] } },
        body: {
          ...{ name: both('银卡礼', 'Silver members’ gift'), code: 'SILVER50', value: 5_000 },
          description: both('满 399 元可用', 'With purchases of 399 and more'),
        },
      },
    ],
  },
  {
    ...{ key: 'greeting', name: both('分阶段问候', 'Greeting by stage'), kind: 'text' },
    default: greeting('您好', 'hello'),
    variants: [
      {
        ...{ id: 'new', labels: { stage: ['new'] } },
        body: greeting('很高兴认识您', 'how good to meet you'),
      },
      {
        ...{ id: 'loyal_gold', labels: { stage: ['active'], tier: ['金卡'] } },
        body: greeting('谢谢您一直在', 'thank you for being with us'),
      },
      {
        ...{ id: 'away', labels: { stage: ['asleep', 'lost'] } },
        body: greeting('好一阵没见，很想您', 'it has been a while, and we missed you'),
      },
    ],
  },
  {
    ...{ key: 'picture', name: both('七夕头图', 'Qixi picture'), kind: 'image' },
    default: picture('qixi', '七夕礼盒', 'The Qixi gift box'),
    variants: [
      {
        ...{ id: 'scent', labels: { interest: ['香氛'] } },
        body: picture('qixi-scent', '七夕香氛礼盒', 'The Qixi box of scents'),
      },
      {
        ...{ id: 'flowers', labels: { interest: ['鲜花', '巧克力'] } },
        body: picture('qixi-flowers', '七夕花束与巧克力', 'Flowers and chocolate for Qixi'),
      },
      {
        ...{ id: 'tea', labels: { interest: ['茶礼'] } },
        body: picture('qixi-tea', '七夕对杯与茶', 'A pair of cups and tea for Qixi'),
      },
    ],
  },
]
export const demoContents: readonly Content[] = written.map((one) => contentSchema.parse(one))
