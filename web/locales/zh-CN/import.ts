export default {
  title: '导入',
  about: '客户和订单从 CSV 进来，列名自动对应，坏行单独列出。',
  empty: {
    title: '导入客户和订单',
    text: '选好文件，核对每一列的意思，就可以开始。导入的是历史，不会触发任何旅程。',
    action: '回到客户',
    example: 'orders.csv 含 order_id、customer_id、ordered_at 和 amount 四列，UTF-8 或 GB18030 都认得。',
  },
}
