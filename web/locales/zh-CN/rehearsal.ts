export default {
  title: '彩排',
}
