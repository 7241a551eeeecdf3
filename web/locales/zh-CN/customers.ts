export default {
  title: '客户',
  about: '每位客户一页：资料、订单、走过的旅程和收到的消息。',
  import: '导入',
  one: '客户',
  empty: {
    title: '请客户进来',
    text: '从 CSV 导入客户和订单，或由系统用 API 实时送来。同一份文件导两次，不会多出一个人。',
    action: '导入客户',
    example: '一份 customers.csv，含客户编号、姓名、手机号和城市；其余的列会成为可用的属性。',
  },
  oneEmpty: {
    title: '这位客户的一页',
    text: '资料、订单、每一步旅程和每一条消息，按时间排在这里。',
    action: '回到客户',
    example: '7 月 25 日 10:00，因「七夕前 14 天买过」进入七夕大礼盒，收到第一条短信。',
  },
}
