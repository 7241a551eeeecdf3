const name = (zh: string, en: string) => ({ 'zh-CN': zh, en })
const rest = (amount: number, unit: string) => ({ until: { kind: 'duration', span: { amount, unit } } })

/**
 * The journey of the kept folder, as a file of the release's own format. It says no more than that release
 * understood, and is not changed with the code.
 */
export const keptJourney = {
  format: 1,
  id: 'autumn',
  name: name('秋日礼盒', 'Autumn box'),
  settings: { controlGroup: { percent: 20, salt: 'autumn' } },
  nodes: {
    picked: { type: 'manual', name: name('手选', 'Picked'), config: {} },
    browsed: {
      type: 'event',
      name: name('浏览礼盒', 'Looks at a box'),
      config: { filter: { event: 'browse' } },
    },
    bought: {
      type: 'goal',
      name: name('下单', 'Orders'),
      config: { filter: { event: 'order' }, window: { kind: 'journey' }, ends: false },
    },
    mark: { type: 'tag', name: name('打标签', 'Tag'), config: { add: ['autumn'], remove: [] } },
    gift: {
      type: 'coupon',
      name: name('礼券', 'Coupon'),
      config: {
        name: name('秋日礼券', 'Autumn coupon'),
        value: 2000,
        minSpend: 9900,
        prefix: 'AU',
        validDays: 10,
      },
    },
    greet: {
      type: 'send',
      name: name('短信', 'SMS'),
      config: {
        channel: 'sms',
        purpose: 'marketing',
        text: name(
          "{{ customer.name | default: '您好' }}，券码 {{ coupon.code }}，减 {{ coupon.value | money }}。",
          "{{ customer.name | default: 'Hello' }}, code {{ coupon.code }} takes {{ coupon.value | money }} off.",
        ),
      },
    },
    buys: {
      type: 'wait_event',
      name: name('等下单', 'Waits for an order'),
      config: { filter: { event: 'order' }, limit: { amount: 3, unit: 'day' } },
    },
    remind: {
      type: 'send',
      name: name('站内提醒', 'Reminder'),
      config: {
        channel: 'in_app',
        purpose: 'marketing',
        text: name('礼盒还在等您。', 'The box still waits for you.'),
      },
    },
    days: { type: 'wait', name: name('两天', 'Two days'), config: rest(2, 'day') },
    thank: {
      type: 'send',
      name: name('邮件', 'E-mail'),
      config: {
        channel: 'email',
        purpose: 'marketing',
        subject: name('谢谢', 'Thank you'),
        text: name('谢谢您的支持。', 'Thank you for your custom.'),
      },
    },
    done: { type: 'exit', name: name('完', 'Done'), config: {} },
  },
  edges: {
    picked: { entered: 'mark' },
    browsed: { entered: 'mark' },
    mark: { done: 'gift' },
    gift: { issued: 'greet', not_issued: 'greet' },
    greet: { sent: 'buys', not_sent: 'buys' },
    buys: { happened: 'thank', timeout: 'remind' },
    remind: { sent: 'days', not_sent: 'days' },
    days: { done: 'thank' },
    thank: { sent: 'done', not_sent: 'done' },
  },
}
