export default {
  categories: {
    entry: '入口',
    time: '时间',
    choice: '选择',
    touch: '触达',
    customer: '客户',
    ending: '结束',
  },
}
