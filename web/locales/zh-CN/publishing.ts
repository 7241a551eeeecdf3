/** 发布之前：谁还在途、他们怎么办。 */
export default {
  changes: '与 v{{version}} 相比改了什么',
  flight: {
    title: '还在途的人',
    people: '旧版本里还有 {{people}} 人。',
    nobody: '旧版本里没有人在途；新进来的走新版本。',
    messages: '其中 {{messages}} 条消息还没交给渠道。',
    node: '停在',
    count: '人数',
    becomes: '发布后',
    choose: '这个节点没有了，转到哪里？',
    goesTo: '转到「{{node}}」',
    leaves: '离开旅程',
  },
  fates: {
    move: {
      name: '转入新版本',
      hint: '各人留在原处，等待从原来的起点算；还没交给渠道的消息换成新的文字。',
    },
    finish: {
      name: '照原来的版本走完',
      hint: '按进来时的画法走完，这次的改动到不了他们。',
    },
    leave: {
      name: '离开旅程',
      hint: '立即离开，排队中的消息收回。',
    },
  },
  becomes: {
    finishes: '照 v{{version}} 走完',
    stays: '留在原处，继续等',
    asked: '留在原处，按新设置从原来的起点算',
    enters: '转到「{{node}}」，当作刚到',
    leaves: '离开旅程',
    undecided: '还没有决定',
  },
  days: {
    title: '未来七天会发生什么',
    nothing: '没有到期的事。',
    day: '日期',
    entries: '进入',
    waits: '等待到期',
    messages: '待发消息',
  },
}
