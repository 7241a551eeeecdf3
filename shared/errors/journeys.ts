import type { ErrorEntry } from './entry.ts'

/** Journey files, and what a journey in its state does not allow. */
export const journeys = {
  'value-unknown': {
    status: 422,
    message: {
      'zh-CN': '运行中的版本没有给变量「{variable}」设值',
      en: 'The version that runs gives the variable “{variable}” no value',
    },
    mend: {
      'zh-CN': '先在草稿里给它一个值并发布',
      en: 'Give it a value in the draft first, and publish it',
    },
  },
  'value-type': {
    status: 422,
    message: {
      'zh-CN': '变量「{variable}」的值应为{wanted}',
      en: 'The value of “{variable}” has to be {wanted}',
    },
    mend: { 'zh-CN': '按原来的类型填写', en: 'Write it as the value was written before' },
  },
  'value-changes-ways': {
    status: 422,
    message: {
      'zh-CN': '这样改会改变旅程的走向（出口或节点），不能在运行中修改',
      en: 'With these values the journey would have other ways out, which cannot be changed while it runs',
    },
    mend: { 'zh-CN': '在草稿里修改，再发布新版本', en: 'Change the draft, and publish it as a new version' },
  },
  'stale-version': {
    status: 409,
    message: {
      'zh-CN': '版本 {version} 已不是运行中的版本，现在运行的是版本 {current}',
      en: 'Version {version} is not the one that runs any more; it is version {current}',
    },
    mend: { 'zh-CN': '刷新后再改', en: 'Look at it anew, and change it then' },
  },
  'unknown-node-type': {
    status: 422,
    message: { 'zh-CN': '不认识的节点类型：{type}', en: 'There is no node type {type}' },
    mend: {
      'zh-CN': '换成面板里有的节点，或升级 Magpie',
      en: 'Use a node from the palette, or upgrade Magpie',
    },
  },
  'invalid-journey': {
    status: 422,
    message: { 'zh-CN': '旅程文件不合要求：{detail}', en: 'The journey is not valid: {detail}' },
    mend: { 'zh-CN': '按提示的位置改正', en: 'Correct the place named' },
  },
  'name-too-long': {
    status: 422,
    message: {
      'zh-CN': '名称有 {length} 个字，最多 {limit} 个：{start}…',
      en: 'The name has {length} characters, {limit} is the most: {start}…',
    },
    mend: { 'zh-CN': '把名称写短，细节写进备注', en: 'Shorten the name, and put the details into the note' },
  },
  'journey-too-many-nodes': {
    status: 422,
    message: {
      'zh-CN': '旅程有 {nodes} 个节点，最多 {limit} 个',
      en: 'The journey has {nodes} nodes; {limit} is the most',
    },
    mend: {
      'zh-CN': '拆成几个旅程，前一个结束后用事件或人群接上下一个',
      en: 'Make several journeys of it, each let in by an event or an audience of the one before',
    },
  },
  'journey-encoding': {
    status: 422,
    message: {
      'zh-CN': '旅程文件第 {line} 行的文字不是 UTF-8 编码',
      en: 'The text of line {line} of the journey file is not UTF-8',
    },
    mend: { 'zh-CN': '把文件另存为 UTF-8 编码', en: 'Save the file as UTF-8' },
  },
  'journey-not-json': {
    status: 422,
    message: {
      'zh-CN': '旅程文件第 {line} 行第 {column} 列不是合格的 JSON：{detail}',
      en: 'The journey file is not JSON at line {line}, column {column}: {detail}',
    },
    mend: {
      'zh-CN': '检查这里前后的引号、逗号和括号',
      en: 'Check the quotation marks, commas and brackets around that place',
    },
  },
  'journey-duplicate-key': {
    status: 422,
    message: {
      'zh-CN': '旅程文件第 {line} 行第 {column} 列重复写了“{key}”',
      en: 'The journey file names “{key}” a second time at line {line}, column {column}',
    },
    mend: { 'zh-CN': '留下其中一个', en: 'Keep one of them' },
  },
  'journey-unknown-key': {
    status: 422,
    message: { 'zh-CN': '旅程文件里有不认识的项“{key}”', en: 'The journey file has an unknown key “{key}”' },
    mend: {
      'zh-CN': '检查拼写，或去掉它；文件里的内容不会被悄悄丢掉',
      en: 'Check its spelling or remove it; nothing in a file is dropped silently',
    },
  },
  'journey-too-deep': {
    status: 422,
    message: {
      'zh-CN': '旅程文件的嵌套超过 {levels} 层',
      en: 'The journey file is nested more than {levels} levels deep',
    },
    mend: { 'zh-CN': '把条件拆简单', en: 'Make its conditions simpler' },
  },
  'journey-newer': {
    status: 422,
    message: {
      'zh-CN': '旅程文件的格式是 {format}，这个版本只认识到 {known}',
      en: 'The journey file has format {format}; this release knows formats up to {known}',
    },
    mend: { 'zh-CN': '升级 Magpie 后再导入', en: 'Upgrade Magpie and import it again' },
  },
  'journey-not-live': {
    status: 409,
    message: { 'zh-CN': '旅程 {journey} 没有在运行', en: 'Journey {journey} is not running' },
    mend: { 'zh-CN': '先发布或恢复它', en: 'Publish or resume it first' },
  },
  'journey-has-errors': {
    status: 422,
    message: {
      'zh-CN': '旅程还有 {count} 个问题，第一个：{first}',
      en: 'Problems in the journey: {count}. The first: {first}',
    },
    mend: { 'zh-CN': '按画布上的提示改正后再试', en: 'Correct what the canvas points out, then try again' },
  },
  'fate-needed': {
    status: 409,
    message: {
      'zh-CN': '新版本里没有“{node}”这个节点，而还有 {people} 人停在那里',
      en: 'The new version has no node “{node}”, where {people} {people:person stands|people stand}',
    },
    mend: {
      'zh-CN':
        '说明这些人怎么办：转到新版本的哪个节点（fate 为 move，并写 mapping）、走完旧版本（finish），还是离开（leave）',
      en: 'Say what becomes of them: move to which node of the new version (fate move, with a mapping), finish on the old one (finish), or leave (leave)',
    },
  },
  'mapping-without-move': {
    status: 422,
    message: {
      'zh-CN': '写了节点的去处（mapping），却没有让人转入新版本（fate: move）',
      en: 'A mapping of nodes is given, but not the fate move that it belongs to',
    },
    mend: {
      'zh-CN': '把 fate 写成 move，或去掉 mapping',
      en: 'Set fate to move, or leave the mapping out',
    },
  },
  'move-under-way': {
    status: 409,
    message: {
      'zh-CN': '上一次发布正在把旧版本里的人转过来',
      en: 'The publication before is still moving people over from earlier versions',
    },
    mend: {
      'zh-CN': '它会自己做完；过几秒再发布',
      en: 'It goes on by itself; publish again in a few seconds',
    },
  },
  'mapping-to-nowhere': {
    status: 422,
    message: {
      'zh-CN': '“{node}”的人要转到“{to}”，但新版本里没有客户能停留的这个节点',
      en: 'Those at “{node}” are to move to “{to}”, which is no node of the new version where people can stand',
    },
    mend: {
      'zh-CN': '换成新版本里的步骤或结束节点；要让他们离开，写 left',
      en: 'Name a step or an exit of the new version; to let them leave, write left',
    },
  },
  'mapping-from-nowhere': {
    status: 422,
    message: {
      'zh-CN': '说明里的节点“{node}”在任何还有人的旧版本里都没有',
      en: 'The mapping names “{node}”, which no earlier version with people in it has',
    },
    mend: { 'zh-CN': '检查节点的编号，或去掉这一项', en: 'Check the node’s id, or leave it out' },
  },
  'stale-revision': {
    status: 409,
    message: {
      'zh-CN': '这份旅程在别处改过了：你的是第 {revision} 稿，现在是第 {current} 稿',
      en: 'The journey was changed elsewhere: yours is revision {revision}, the present one is {current}',
    },
    mend: {
      'zh-CN': '重新打开旅程，看过别人的改动再继续',
      en: 'Open the journey again and look at what has changed before you go on',
    },
  },
  'journey-not-paused': {
    status: 409,
    message: { 'zh-CN': '旅程 {journey} 没有暂停', en: 'Journey {journey} is not paused' },
    mend: { 'zh-CN': '刷新页面，看它现在的状态', en: 'Reload the page to see how it stands' },
  },
  'journey-in-use': {
    status: 409,
    message: {
      'zh-CN': '旅程 {journey}，或它存客户的名单，还有别处在用：{user}',
      en: 'Journey {journey}, or a list that it fills, is named elsewhere: {user}',
    },
    mend: {
      'zh-CN': '先看看那些地方；仍要删除的话，它做过的事和名单里的客户会留着，只是不再增加',
      en: 'Look at these first; if it is deleted all the same, what it has done and its lists stay as they are, and no more is added',
    },
  },
  'journey-running': {
    status: 409,
    message: { 'zh-CN': '旅程 {journey} 还在运行', en: 'Journey {journey} is still running' },
    mend: { 'zh-CN': '先停止它，再删除', en: 'Stop it first, then delete it' },
  },
  'node-not-enterable': {
    status: 422,
    message: { 'zh-CN': '不能把客户移到节点 {node}', en: 'Customers cannot be moved to node {node}' },
    mend: {
      'zh-CN': '请另选一个节点：触发器和目标里不能停留，也不能移到客户所在的节点本身',
      en: 'Pick another node: nobody stands on a trigger or a goal, nor moves to where they are',
    },
  },
} as const satisfies Record<string, ErrorEntry>
