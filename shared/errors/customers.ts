import type { ErrorEntry } from './entry.ts'

/** Customers and audiences. */
export const customers = {
  'unknown-customer': {
    status: 422,
    message: { 'zh-CN': '没有编号为 {customer} 的客户', en: 'There is no customer {customer}' },
    mend: { 'zh-CN': '先导入这位客户，或检查编号', en: 'Import the customer first, or check the id' },
  },
  'reply-decided': {
    status: 409,
    message: { 'zh-CN': '这条回复已经有人处理过', en: 'Somebody has decided about this reply already' },
    mend: { 'zh-CN': '刷新列表看结果', en: 'Refresh the list to see the outcome' },
  },
  'not-an-address': {
    status: 422,
    message: { 'zh-CN': '“{address}”不是{kind}：{why}', en: '“{address}” is no {kind}: {why}' },
    mend: {
      'zh-CN': '手机号写 11 位数字，国外号码以 + 和国家代码开头；邮箱写成 name@example.com',
      en: 'Write a phone with its digits, one of another country with + and its code; an e-mail as name@example.com',
    },
  },
  'attribute-built-in': {
    status: 409,
    message: {
      'zh-CN': '「{name}」是系统自带的字段，类型不能改',
      en: '“{name}” is a field of the product, its type stands',
    },
    mend: { 'zh-CN': '导入时把这一列存成另一个字段', en: 'Import the column as a field of your own' },
  },
  'attribute-format': {
    status: 422,
    message: {
      'zh-CN': '「{name}」的类型没有“{format}”这种写法',
      en: '“{name}” is of a type that is not written as “{format}”',
    },
    mend: { 'zh-CN': '不填写法，或换一种', en: 'Leave the format out, or choose another' },
  },
  'sort-needs-audience': {
    status: 400,
    message: {
      'zh-CN': '没有指定人群，不能按加入人群的时间排列',
      en: 'Without an audience nobody is a member since any time',
    },
    mend: { 'zh-CN': '加上 audience 参数，或换一种排列', en: 'Name an audience, or choose another order' },
  },
  'sort-elsewhere': {
    status: 400,
    message: {
      'zh-CN': 'after 的值不是这种排列（{sort}）给出的',
      en: 'This value of “after” was not given in the order {sort}',
    },
    mend: {
      'zh-CN': '原样使用上一页返回的 next，排列方式保持不变；换排列方式时从第一页读起',
      en: 'Use the next of the page before as it is and in the same order; in another order begin with the first page',
    },
  },
  'audience-in-use': {
    status: 409,
    message: { 'zh-CN': '人群 {audience} 正被 {user} 使用', en: 'Audience {audience} is used by {user}' },
    mend: { 'zh-CN': '先改掉那里的条件，再删除', en: 'Change the condition there first, then delete it' },
  },
  'audience-missing': {
    status: 422,
    message: { 'zh-CN': '没有编号为 {audience} 的人群', en: 'There is no audience {audience}' },
    mend: {
      'zh-CN': '换成已有的人群，或先建好那一个',
      en: 'Choose an audience that exists, or make that one first',
    },
  },
  'audience-exists': {
    status: 409,
    message: { 'zh-CN': '已经有编号为 {audience} 的人群', en: 'There is an audience {audience} already' },
    mend: {
      'zh-CN': '换一个编号，或打开原来的人群修改',
      en: 'Choose another key, or change the one there is',
    },
  },
  'audience-circle': {
    status: 422,
    message: {
      'zh-CN': '人群互相引用成了圈：{circle}，谁在里面就说不清了',
      en: 'The audiences name each other in a circle, {circle}, so that nobody could say who is in them',
    },
    mend: {
      'zh-CN': '去掉其中一个引用，直接写出想要的条件',
      en: 'Take one of these out, and write what is meant by it instead',
    },
  },
  'audience-deep': {
    status: 422,
    message: {
      'zh-CN': '这样一来，人群 {audience} 一层层引用别的人群会超过 {limit} 层',
      en: 'Audience {audience} would name others more than {limit} levels deep',
    },
    mend: {
      'zh-CN': '在中间的某个人群里直接写条件，不再引用别的人群',
      en: 'Write the conditions themselves in one of the audiences on the way',
    },
  },
  'picks-too-many': {
    status: 422,
    message: {
      'zh-CN': '商品推荐要逐个客户计算，而这里其余的条件还留下 {people} 人，一次最多算 {limit} 人',
      en: 'Picks are reckoned customer by customer, and the rest of this condition leaves {people} of them: {limit} at a time is the most',
    },
    mend: {
      'zh-CN':
        '再加一个同时要满足的条件（标签、会员等级、最近买过等）收窄范围，或把商品推荐的判断放到旅程的条件分支里',
      en: 'Narrow it with a further condition that must hold too (a tag, a tier, bought lately), or ask for picks in a branch of a journey',
    },
  },
  'audience-wide': {
    status: 422,
    message: {
      'zh-CN': '这个人群连同它引用的人群共有 {tests} 个判断，最多 {limit} 个',
      en: 'With all audiences that it names this one has {tests} tests; {limit} is the most',
    },
    mend: {
      'zh-CN': '减少引用的人群，或简化它们的条件',
      en: 'Name fewer audiences, or make their conditions simpler',
    },
  },
  'audience-unreadable': {
    status: 409,
    message: {
      'zh-CN': '人群 {audience} 的条件读不出来，没法判断谁在里面',
      en: 'The condition of audience {audience} cannot be read, so that nobody can say who is in it',
    },
    mend: {
      'zh-CN': '打开这个人群，重新写它的条件，再重试',
      en: 'Open that audience, write its condition anew, and try again',
    },
  },
  'audience-stale': {
    status: 409,
    message: {
      'zh-CN': '人群 {audience} 在别处改过了：你的是第 {revision} 稿，现在是第 {current} 稿',
      en: 'Audience {audience} was changed elsewhere: yours is revision {revision}, the present one is {current}',
    },
    mend: {
      'zh-CN': '先看看现在的条件，再决定用哪一份',
      en: 'Look at the present condition, then decide which of the two is to stand',
    },
  },
  'audience-frozen': {
    status: 409,
    message: {
      'zh-CN': '人群 {audience} 已冻结，里面的人不随条件变化',
      en: 'Audience {audience} is frozen: who is in it does not follow its condition',
    },
    mend: { 'zh-CN': '要改条件，先解冻', en: 'Thaw it to change its condition' },
  },
  'audience-not-frozen': {
    status: 409,
    message: { 'zh-CN': '人群 {audience} 没有冻结', en: 'Audience {audience} is not frozen' },
    mend: { 'zh-CN': '刷新页面，看它现在的样子', en: 'Reload the page to see how it stands' },
  },
  'audience-too-large': {
    status: 422,
    message: {
      'zh-CN': '人群 {audience} 有 {people} 人，超过了能记下的 {limit} 人',
      en: 'Audience {audience} has {people} members, and {limit} can be kept',
    },
    mend: { 'zh-CN': '收紧条件，或拆成几个人群', en: 'Narrow its condition down, or divide it' },
  },
  'audience-is-list': {
    status: 409,
    message: {
      'zh-CN': '人群 {audience} 是名单，不能改成条件',
      en: 'Audience {audience} is a list and cannot be given a condition',
    },
    mend: { 'zh-CN': '换一个编号另存', en: 'Save it under another key' },
  },
} as const satisfies Record<string, ErrorEntry>
