export default {
  title: '商品',
  about: '品牌卖的东西，由商城通过 API 写入（POST /products）；订单明细里的 sku 就是这里的编号。',
  back: '返回客户',
  count: '共 {{total}} 件商品',
  search: '编号或名称',
  allCategories: '全部品类',
  none: '没有符合的商品',
  more: '显示更多',
  columns: { title: '商品', category: '品类', price: '价格', stock: '库存', others: '其他' },
  empty: {
    title: '还没有商品',
    text: '让商城用“只写”的 API 密钥把商品发到 POST /products，单个、一批或一个流都行。',
  },
}
