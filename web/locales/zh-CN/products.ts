export default {
  title: '商品',
  about:
    '品牌卖的东西，从文件导入，或由商城通过 API 写入（POST /products）；订单明细里的 sku 就是这里的编号。',
  back: '返回客户',
  byFile: '从文件导入',
  count: '共 {{total}} 件商品',
  search: '编号或名称',
  allCategories: '全部品类',
  none: '没有符合的商品',
  more: '显示更多',
  columns: { title: '商品', category: '品类', price: '价格', stock: '库存', others: '其他' },
  picks: {
    title: '推荐效果',
    about:
      '给每位客户挑商品：买过它的人还买什么、常买的品类、反复购买的、大家都在买的。有货、不是刚买过的才会被推荐。',
    never: '还没有算过：每晚自动算，也可以在“模型”页现在就算。',
    counted: '根据 {{buyers}} 位买家、{{goods}} 种商品，{{when}} 算出。',
    hit: '推荐 {{shown}} 件，下一单命中',
    popular: '给所有人推荐热销，命中',
    tried: '用 {{from}} 之后的订单检验，{{customers}} 位客户。',
    few: '再次购买的客户太少，还说不出效果。',
  },
  empty: {
    title: '还没有商品',
    text: '导入一份商品表，或让商城用“只写”的 API 密钥发到 POST /products，单个、一批或一个流都行。',
  },
}
