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
    becomesOf: '停在「{{node}}」的人怎么办',
    choose: '这个节点没有了，请选择去向',
    staysHere: '转入新版本，留在原处',
    finishes: '照原来的版本走完',
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
    finishes: '这次的改动到不了他们',
    stays: '继续等，起点不变',
    asked: '按新设置，从原来的起点算',
    enters: '当作刚到',
    leaves: '排队中的消息收回',
    undecided: '还没有决定',
  },
  moving: {
    version: '正在把在途的人转入 v{{to}}',
    versionAbout: '没转到的人先不往下走，不会漏发也不会重发；中途不能结束。',
    values: '正在按新的值改写待发的消息',
    valuesAbout: '改写完之前，这个旅程的消息先不发出。',
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
