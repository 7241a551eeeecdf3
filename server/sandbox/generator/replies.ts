import type { Random } from './random.ts'
import { Weighted } from './random.ts'

/** What members write back, in both of the demo's languages, by how often they do. */
const replies = new Weighted<{ weight: number; chinese: string; english: string }>(
  [
    { weight: 22, chinese: 'T', english: 'T' },
    { weight: 9, chinese: '这个礼盒现在还有货吗？', english: 'Is this gift box still in stock?' },
    { weight: 8, chinese: '今天下单，明天能送到吗？', english: 'If I order today, will it come tomorrow?' },
    { weight: 7, chinese: '可以帮我写一张贺卡吗', english: 'Could you write a card for me?' },
    { weight: 6, chinese: '有没有适合送男朋友的', english: 'Do you have anything for my boyfriend?' },
    { weight: 6, chinese: '送妈妈的话，哪一款好一点', english: 'Which one would suit my mother?' },
    { weight: 5, chinese: '优惠券在哪里用？', english: 'Where do I use the coupon?' },
    { weight: 5, chinese: '戒指可以换尺寸吗', english: 'Can the ring be exchanged for another size?' },
    {
      weight: 4,
      chinese: '上次的花到了有点蔫，可以退款吗',
      english: 'The last flowers had wilted. Can I have a refund?',
    },
    { weight: 4, chinese: '谢谢，已经下单了', english: 'Thank you, I have just ordered' },
    { weight: 3, chinese: '能开发票吗', english: 'Can I get an invoice?' },
    { weight: 3, chinese: '别再发了，很烦', english: 'Please stop, this is annoying' },
    { weight: 2, chinese: '香薰孕妇可以用吗？', english: 'Is the reed diffuser safe during pregnancy?' },
    {
      weight: 2,
      chinese: '企业采购 50 份，怎么联系',
      english: 'We want fifty for the company. Whom do I talk to?',
    },
  ],
  (reply) => reply.weight,
)

/** One reply in the member's language; a tenth or so ask to be left alone. */
export function replyTo(random: Random, language: string | null): string {
  const reply = replies.draw(random)
  return language?.startsWith('en') ? reply.english : reply.chinese
}
