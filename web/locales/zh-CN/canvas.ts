export default {
  title: '画布',
  empty: {
    title: '这里是旅程的画布',
    text: '左边拖节点，右边写内容，下面看时间。',
    action: '回到旅程',
    example: '人群进入，等 3 天，看是否下单，再决定发什么。',
  },
}
