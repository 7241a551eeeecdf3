export default {
  title: '预览',
}
