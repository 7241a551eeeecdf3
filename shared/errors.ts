import type { LocalText } from './text.ts'

/**
 * Every problem that Magpie tells anybody about: its HTTP status, what is wrong, and how to mend it.
 * `{name}` in a text is replaced by the value of that name from the problem's details.
 */
export interface ErrorEntry {
  status: number
  message: LocalText
  mend: LocalText
}

export const errors = {
  'not-found': {
    status: 404,
    message: { 'zh-CN': '没有找到「{what}」', en: '{what} was not found' },
    mend: { 'zh-CN': '请检查编号，或回到列表重新选择', en: 'Check the id, or pick it again from the list' },
  },
  'invalid-request': {
    status: 400,
    message: { 'zh-CN': '请求的内容不合要求：{detail}', en: 'The request is not valid: {detail}' },
    mend: { 'zh-CN': '按提示的位置改正后重试', en: 'Correct the place named and try again' },
  },
  'body-too-large': {
    status: 413,
    message: { 'zh-CN': '内容太大，上限为 {limit}', en: 'The body is too large; the limit is {limit}' },
    mend: { 'zh-CN': '分成几份再提交', en: 'Split it and send the parts' },
  },
  'ai-settings-invalid': {
    status: 400,
    message: { 'zh-CN': 'AI 设置不合要求：{detail}', en: 'The AI settings are not valid: {detail}' },
    mend: {
      'zh-CN': '改正环境变量 {setting}，再重新启动',
      en: 'Correct the environment variable {setting} and start again',
    },
  },
  'ai-no-key': {
    status: 503,
    message: { 'zh-CN': 'AI 没有可用的密钥：{detail}', en: 'AI has no usable key: {detail}' },
    mend: {
      'zh-CN': '设置 AI_API_KEY 与 AI_MODEL；在此之前发送原文',
      en: 'Set AI_API_KEY and AI_MODEL; until then the written text is sent',
    },
  },
  'ai-timeout': {
    status: 504,
    message: { 'zh-CN': 'AI 没有及时回答：{detail}', en: 'AI did not answer in time: {detail}' },
    mend: {
      'zh-CN': '稍后重试，或调高 AI_TIMEOUT_SECONDS',
      en: 'Try again later, or raise AI_TIMEOUT_SECONDS',
    },
  },
  'ai-rate-limited': {
    status: 503,
    message: { 'zh-CN': 'AI 服务限制了频率：{detail}', en: 'The AI service limits the rate: {detail}' },
    mend: {
      'zh-CN': '稍后重试，或请服务商提高额度',
      en: 'Try again later, or ask the provider for a higher limit',
    },
  },
  'ai-refused': {
    status: 502,
    message: { 'zh-CN': 'AI 拒绝了这条消息：{detail}', en: 'AI refused this message: {detail}' },
    mend: {
      'zh-CN': '检查原文与语气要求，以及模型名和余额',
      en: 'Check the written text and the tone, the model name and the balance',
    },
  },
  'ai-server-error': {
    status: 502,
    message: { 'zh-CN': 'AI 服务出错了：{detail}', en: 'The AI service failed: {detail}' },
    mend: { 'zh-CN': '稍后重试', en: 'Try again later' },
  },
  'ai-garbage': {
    status: 502,
    message: { 'zh-CN': 'AI 的回答不成格式：{detail}', en: 'The answer of the AI is malformed: {detail}' },
    mend: {
      'zh-CN': '换一个能按格式回答的模型',
      en: 'Choose a model that answers in the form asked for',
    },
  },
  'ai-check-failed': {
    status: 422,
    message: {
      'zh-CN': 'AI 的文字没有通过检查：{detail}',
      en: 'The text of the AI did not pass the check: {detail}',
    },
    mend: {
      'zh-CN': '补全原文里的事实，或放宽字数',
      en: 'Complete the facts in the written text, or allow more characters',
    },
  },
  'ai-network': {
    status: 502,
    message: { 'zh-CN': '连不上 AI 服务：{detail}', en: 'The AI service cannot be reached: {detail}' },
    mend: { 'zh-CN': '检查 AI_BASE_URL 与网络', en: 'Check AI_BASE_URL and the network' },
  },
  'missing-value': {
    status: 422,
    message: { 'zh-CN': '这位客户没有“{variable}”的值', en: 'This customer has no value for "{variable}"' },
    mend: {
      'zh-CN': "给它一个默认值，如 {{ {variable} | default: '朋友' }}，或补全客户资料",
      en: "Give it a default, such as {{ {variable} | default: 'friend' }}, or complete the customer's data",
    },
  },
  'value-not-text': {
    status: 422,
    message: {
      'zh-CN': '“{variable}”是一组值，不能直接写进文字',
      en: '"{variable}" is a group of values and cannot be put into a text',
    },
    mend: {
      'zh-CN': '写明要用其中哪一项，如 {variable}.name',
      en: 'Name the one to use, such as {variable}.name',
    },
  },
  'template-syntax': {
    status: 422,
    message: {
      'zh-CN': '模板第 {line} 行第 {column} 列写法有误：{detail}',
      en: 'The template is wrong at line {line}, column {column}: {detail}',
    },
    mend: {
      'zh-CN': '检查括号是否成对，花括号里的标点须用半角（: | \' "）',
      en: 'Check that braces and tags are closed; marks inside braces must be half-width (: | \' ")',
    },
  },
  'template-filter': {
    status: 422,
    message: {
      'zh-CN': '模板第 {line} 行第 {column} 列的值无法处理：{detail}',
      en: 'A value at line {line}, column {column} of the template cannot be processed: {detail}',
    },
    mend: {
      'zh-CN': '检查这里的过滤器是否适合这个值，例如 money 只接受金额',
      en: 'Check that the filter there suits the value: money, for one, takes an amount',
    },
  },
  'blank-message': {
    status: 422,
    message: {
      'zh-CN': '这位客户的文案是空的',
      en: 'The text comes to nothing for this customer',
    },
    mend: {
      'zh-CN': '给文案里的条件补上 else，让每位客户都有话可读',
      en: 'Give the conditions of the text an else, so that everybody has something to read',
    },
  },
  'template-too-heavy': {
    status: 422,
    message: {
      'zh-CN': '模板太长，或循环太多，无法在限度内生成',
      en: 'The template is too long or loops too much to be rendered within its limits',
    },
    mend: { 'zh-CN': '缩短模板，或减少循环的次数', en: 'Shorten the template, or make its loops smaller' },
  },
  'unknown-zone': {
    status: 400,
    message: { 'zh-CN': '没有“{zone}”这个时区', en: 'There is no time zone “{zone}”' },
    mend: { 'zh-CN': '用 IANA 时区名，例如 Asia/Shanghai', en: 'Use an IANA name such as Asia/Shanghai' },
  },
  'invalid-date': {
    status: 400,
    message: { 'zh-CN': '“{date}”不是一个日期', en: '“{date}” is not a calendar date' },
    mend: { 'zh-CN': '写成 2026-08-19 的样子', en: 'Write it like 2026-08-19' },
  },
  'invalid-time': {
    status: 400,
    message: { 'zh-CN': '“{time}”不是一个时刻', en: '“{time}” is not a time of day' },
    mend: { 'zh-CN': '写成 09:30 的样子，从 00:00 到 23:59', en: 'Write it like 09:30, from 00:00 to 23:59' },
  },
  'time-out-of-range': {
    status: 400,
    message: {
      'zh-CN': '时间 {value} 超出了公元 1 年到 9999 年',
      en: 'The time {value} is outside the years 1 to 9999',
    },
    mend: { 'zh-CN': '换一个更近的时间', en: 'Use a nearer time' },
  },
  'invalid-span': {
    status: 400,
    message: { 'zh-CN': '时长 {amount} 不是整数', en: 'The length {amount} is not a whole number' },
    mend: { 'zh-CN': '写成整数，或换更小的单位', en: 'Use a whole number, or a smaller unit' },
  },
  'unknown-festival': {
    status: 400,
    message: { 'zh-CN': '没有“{festival}”这个节日', en: 'There is no festival “{festival}”' },
    mend: { 'zh-CN': '从节日列表里选一个', en: 'Pick one from the list of festivals' },
  },
  'festival-out-of-range': {
    status: 400,
    message: {
      'zh-CN': '{date} 附近的节日日期没有可靠的历书',
      en: 'No reliable almanac gives festivals near {date}',
    },
    mend: { 'zh-CN': '用 1902 年到 2100 年之间的日期', en: 'Use a date from 1902 to 2100' },
  },
  'invalid-window': {
    status: 400,
    message: { 'zh-CN': '时间窗不成立：{detail}', en: 'The time window is not valid: {detail}' },
    mend: { 'zh-CN': '至少选一天，并让起止时刻不同', en: 'Pick at least one day and two different times' },
  },
  'invalid-cron': {
    status: 400,
    message: { 'zh-CN': '“{expr}”不是 cron 表达式', en: '“{expr}” is not a cron expression' },
    mend: {
      'zh-CN': '写五段：分 时 日 月 星期，例如 0 10 * * 1',
      en: 'Write five fields: minute hour day month weekday, such as 0 10 * * 1',
    },
  },
  'signature-invalid': {
    status: 401,
    message: { 'zh-CN': '请求的签名不对', en: 'The signature of the request is not right' },
    mend: {
      'zh-CN': '请核对双方的密钥，并用收到的原文签名',
      en: 'Compare the secret on both sides, and sign the body exactly as it is sent',
    },
  },
  'signature-expired': {
    status: 401,
    message: {
      'zh-CN': '签名的时间和服务器相差太久',
      en: 'The time of the signature is too far from the server’s',
    },
    mend: {
      'zh-CN': '请校准双方的时钟，每次发送时重新签名',
      en: 'Set both clocks right, and sign anew each time you send',
    },
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
  'undeclared-outcome': {
    status: 500,
    message: { 'zh-CN': '状态 {state} 没有出口 {event}', en: 'State {state} has no way out by {event}' },
    mend: {
      'zh-CN': '重新发布旅程；若仍出错请联系工程师',
      en: 'Publish the journey again; if it persists, tell an engineer',
    },
  },
  'unknown-customer': {
    status: 422,
    message: { 'zh-CN': '没有编号为 {customer} 的客户', en: 'There is no customer {customer}' },
    mend: { 'zh-CN': '先导入这位客户，或检查编号', en: 'Import the customer first, or check the id' },
  },
  'file-unreadable': {
    status: 422,
    message: { 'zh-CN': '无法读取 {file}：{detail}', en: '{file} cannot be read: {detail}' },
    mend: { 'zh-CN': '检查它是不是文件，以及读取权限', en: 'Check that it is a file that may be read' },
  },
  'csv-empty': {
    status: 422,
    message: { 'zh-CN': '文件是空的', en: 'The file is empty' },
    mend: {
      'zh-CN': '第一行要写列名，之后每行一条',
      en: 'Its first line names the columns, then one row each',
    },
  },
  'csv-encoding': {
    status: 422,
    message: {
      'zh-CN': '第 {line} 行的文字既不是 UTF-8，也不是 GB18030',
      en: 'The text of line {line} is neither UTF-8 nor GB18030',
    },
    mend: { 'zh-CN': '在表格软件里另存为“CSV UTF-8”', en: 'Save it as “CSV UTF-8” in the spreadsheet' },
  },
  'csv-header': {
    status: 422,
    message: { 'zh-CN': '表头的引号不成对', en: 'A quotation mark of the header is not closed' },
    mend: { 'zh-CN': '检查第 {line} 行之前的引号', en: 'Check the quotation marks up to line {line}' },
  },
  'csv-duplicate-column': {
    status: 422,
    message: { 'zh-CN': '表头里有两列“{column}”', en: 'The header names “{column}” twice' },
    mend: { 'zh-CN': '改掉其中一列的名字', en: 'Rename one of the columns' },
  },
  'csv-missing-column': {
    status: 422,
    message: { 'zh-CN': '缺少必需的列：{columns}', en: 'Required columns are missing: {columns}' },
    mend: { 'zh-CN': '补上这些列，或把已有的列对应过去', en: 'Add them, or map columns of the file to them' },
  },
  'csv-mapping': {
    status: 422,
    message: { 'zh-CN': '“{column}”列不能对应到“{field}”', en: 'Column “{column}” cannot become “{field}”' },
    mend: {
      'zh-CN': '每列选一个字段、属性或忽略；一个字段只用一列，属性不能与字段同名',
      en: 'Choose a field, attribute or ignore; no field twice, no attribute named as a field',
    },
  },
  'import-cancelled': {
    status: 409,
    message: { 'zh-CN': '导入已取消', en: 'The import was cancelled' },
    mend: {
      'zh-CN': '已写入的行保留；再导入一次会接着完成',
      en: 'Rows written stay; import it again to go on',
    },
  },
  'foreign-database': {
    status: 500,
    message: { 'zh-CN': '{file} 不是 Magpie 的数据库', en: '{file} is no database of Magpie' },
    mend: { 'zh-CN': '换一个目录，原文件没有改动', en: 'Name another folder; the file was left as it is' },
  },
  'data-newer': {
    status: 500,
    message: {
      'zh-CN': '{file} 是更新版本的 Magpie 写的，这个版本打不开',
      en: '{file} was written by a newer release of Magpie, which this one cannot open',
    },
    mend: { 'zh-CN': '升级 Magpie，或换一个目录', en: 'Upgrade Magpie, or name another folder' },
  },
  'folder-unusable': {
    status: 500,
    message: {
      'zh-CN': '目录 {folder} 无法存放数据：{detail}',
      en: 'The folder {folder} cannot hold the data: {detail}',
    },
    mend: {
      'zh-CN': '检查它是不是一个可以写入的目录，或换一个',
      en: 'Check that it is a folder which may be written, or name another',
    },
  },
  'file-unwritable': {
    status: 500,
    message: { 'zh-CN': '{file} 写不进去：{detail}', en: '{file} cannot be written: {detail}' },
    mend: {
      'zh-CN': '检查所在的目录在不在、能不能写入',
      en: 'Check that its folder is there and may be written',
    },
  },
  'backup-onto-itself': {
    status: 400,
    message: {
      'zh-CN': '{file} 正是要备份的数据库',
      en: '{file} is the very database that is to be backed up',
    },
    mend: { 'zh-CN': '换一个文件名', en: 'Name another file' },
  },
  'no-database': {
    status: 404,
    message: { 'zh-CN': '{folder} 里没有 Magpie 的数据', en: 'There is no Magpie data in {folder}' },
    mend: { 'zh-CN': '先用 import 导入，或换一个目录', en: 'Import some first, or name another folder' },
  },
  'journey-not-live': {
    status: 409,
    message: { 'zh-CN': '旅程 {journey} 没有在运行', en: 'Journey {journey} is not running' },
    mend: { 'zh-CN': '先发布或恢复它', en: 'Publish or resume it first' },
  },
  'journey-has-errors': {
    status: 422,
    message: { 'zh-CN': '旅程还有 {count} 个问题：{first}', en: 'The journey has {count} problems: {first}' },
    mend: { 'zh-CN': '按画布上的提示改正后再试', en: 'Correct what the canvas points out, then try again' },
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
  'journey-running': {
    status: 409,
    message: { 'zh-CN': '旅程 {journey} 还在运行', en: 'Journey {journey} is still running' },
    mend: { 'zh-CN': '先停止它，再删除', en: 'Stop it first, then delete it' },
  },
  'login-required': {
    status: 401,
    message: { 'zh-CN': '请先登录', en: 'Log in first' },
    mend: { 'zh-CN': '输入密码登录后再试', en: 'Log in with the password, then try again' },
  },
  'wrong-password': {
    status: 401,
    message: { 'zh-CN': '密码不对', en: 'The password is wrong' },
    mend: {
      'zh-CN': '再输一次；忘了密码可以在服务器的 MAGPIE_PASSWORD 里改',
      en: 'Enter it again; if it is lost, change MAGPIE_PASSWORD on the server',
    },
  },
  'origin-refused': {
    status: 403,
    message: { 'zh-CN': '请求来自别的网站', en: 'The request comes from another site' },
    mend: { 'zh-CN': '请在鹊桥自己的页面里操作', en: 'Do it on a page of Magpie itself' },
  },
  'host-refused': {
    status: 403,
    message: {
      'zh-CN': '不接受以“{host}”为主机名的请求',
      en: 'Requests for the host “{host}” are not accepted',
    },
    mend: {
      'zh-CN': '用 localhost 打开；要从别的机器访问，请设置 HOST 和 MAGPIE_PASSWORD',
      en: 'Open it by localhost; to reach it from other machines set HOST and MAGPIE_PASSWORD',
    },
  },
  'too-many-requests': {
    status: 429,
    message: { 'zh-CN': '请求太频繁了', en: 'There are too many requests' },
    mend: { 'zh-CN': '{seconds} 秒后再试', en: 'Try again in {seconds} seconds' },
  },
  'body-encoding': {
    status: 400,
    message: { 'zh-CN': '提交的内容不是 UTF-8 编码', en: 'What was sent is not UTF-8' },
    mend: { 'zh-CN': '用 UTF-8 编码提交', en: 'Send it as UTF-8' },
  },
  'unsupported-media': {
    status: 415,
    message: { 'zh-CN': '不认识这种内容：{type}', en: 'Content of this kind is not understood: {type}' },
    mend: { 'zh-CN': '用 {wanted} 提交', en: 'Send it as {wanted}' },
  },
  'audience-in-use': {
    status: 409,
    message: { 'zh-CN': '人群 {audience} 正被 {user} 使用', en: 'Audience {audience} is used by {user}' },
    mend: { 'zh-CN': '先改掉那里的条件，再删除', en: 'Change the condition there first, then delete it' },
  },
  'audience-exists': {
    status: 409,
    message: { 'zh-CN': '已经有编号为 {audience} 的人群', en: 'There is an audience {audience} already' },
    mend: {
      'zh-CN': '换一个编号，或打开原来的人群修改',
      en: 'Choose another key, or change the one there is',
    },
  },
  'audience-is-list': {
    status: 409,
    message: {
      'zh-CN': '人群 {audience} 是名单，不能改成条件',
      en: 'Audience {audience} is a list and cannot be given a condition',
    },
    mend: { 'zh-CN': '换一个编号另存', en: 'Save it under another key' },
  },
  'rehearsals-busy': {
    status: 503,
    message: { 'zh-CN': '正在彩排的旅程太多了', en: 'Too many rehearsals are running' },
    mend: { 'zh-CN': '等一次彩排结束，或取消它', en: 'Wait until one has ended, or cancel it' },
  },
  'not-ready': {
    status: 503,
    message: { 'zh-CN': '数据库没有回答', en: 'The database does not answer' },
    mend: {
      'zh-CN': '检查磁盘空间和数据文件夹的权限',
      en: 'Check the disk’s space and the rights of the data folder',
    },
  },
  'set-by-environment': {
    status: 409,
    message: { 'zh-CN': '这项设置由环境变量决定', en: 'This setting comes from the environment' },
    mend: {
      'zh-CN': '改环境变量 {setting}，再重新启动',
      en: 'Change {setting} in the environment and start again',
    },
  },
  'channel-absent': {
    status: 409,
    message: { 'zh-CN': '渠道 {channel} 还没有设置', en: 'The channel {channel} is not set up' },
    mend: { 'zh-CN': '在设置里填写这个渠道', en: 'Set the channel up in the settings' },
  },
  'endless-journey': {
    status: 422,
    message: { 'zh-CN': '客户在节点 {node} 停不下来', en: 'A customer does not come to rest at {node}' },
    mend: { 'zh-CN': '在循环里放一个等待节点', en: 'Put a wait into the loop' },
  },
  'rehearsal-cancelled': {
    status: 409,
    message: { 'zh-CN': '彩排已停止', en: 'The rehearsal was stopped' },
    mend: { 'zh-CN': '需要时重新开始', en: 'Start it again when you need it' },
  },
  'setting-invalid': {
    status: 500,
    message: {
      'zh-CN': '环境变量 {setting} 不合要求：{detail}',
      en: 'The environment variable {setting} is not valid: {detail}',
    },
    mend: { 'zh-CN': '改正 {setting}，再重新启动', en: 'Correct {setting} and start again' },
  },
  'password-needed': {
    status: 500,
    message: {
      'zh-CN': 'HOST={host} 会让别的机器也能打开鹊桥，却没有设密码',
      en: 'HOST={host} lets other machines open Magpie, but there is no password',
    },
    mend: {
      'zh-CN': '设置至少 8 个字符的 MAGPIE_PASSWORD，或去掉 HOST',
      en: 'Set MAGPIE_PASSWORD to at least 8 characters, or leave HOST out',
    },
  },
  'data-in-use': {
    status: 500,
    message: {
      'zh-CN': '另一个鹊桥正在使用数据目录 {folder}',
      en: 'Another Magpie is using the data in {folder}',
    },
    mend: {
      'zh-CN': '先停掉那一个，或用 MAGPIE_DATA 指定别的目录',
      en: 'Stop the other one, or name another folder in MAGPIE_DATA',
    },
  },
  'port-taken': {
    status: 500,
    message: { 'zh-CN': '端口 {port} 已被占用', en: 'Port {port} is taken by another program' },
    mend: {
      'zh-CN': '停掉占用它的程序，或换一个端口：PORT={other} npm start',
      en: 'Stop that program, or choose another port: PORT={other} npm start',
    },
  },
  'disk-full': {
    status: 507,
    message: { 'zh-CN': '磁盘满了，写不下数据', en: 'The disk is full, data cannot be written' },
    mend: {
      'zh-CN': '腾出一些空间再启动；已经保存的数据都还在',
      en: 'Free some space and start again; nothing that was saved is lost',
    },
  },
  'clock-moving': {
    status: 409,
    message: { 'zh-CN': '沙盒时钟正在前进', en: 'The sandbox clock is already on its way' },
    mend: { 'zh-CN': '等它走到再试', en: 'Wait until it has arrived' },
  },
  'clock-real': {
    status: 409,
    message: { 'zh-CN': '正式运行的品牌用真实时间', en: 'A live brand runs on the real time' },
    mend: { 'zh-CN': '要试走时间，请用演示品牌', en: 'To move time, use the demo brand' },
  },
  'clock-target': {
    status: 422,
    message: {
      'zh-CN': '沙盒时钟只能前进，一次最多 {days} 天',
      en: 'The sandbox clock only moves forward, by at most {days} days at once',
    },
    mend: {
      'zh-CN': '选一个近些的、还没到的时间；只有还没发布过旅程的品牌，时钟才能往回设',
      en: 'Pick a nearer time yet to come; a clock goes back only where no journey was published yet',
    },
  },
  'nothing-due': {
    status: 409,
    message: { 'zh-CN': '没有到期的事情', en: 'Nothing is due' },
    mend: { 'zh-CN': '先发布旅程，或按小时、按天前进', en: 'Publish a journey, or move by an hour or a day' },
  },
  internal: {
    status: 500,
    message: { 'zh-CN': '服务出错了', en: 'Something went wrong on the server' },
    mend: {
      'zh-CN': '稍后重试；若仍出错，请把编号 {id} 告诉工程师',
      en: 'Try again; if it persists, give the id {id} to an engineer',
    },
  },
} as const satisfies Record<string, ErrorEntry>

export type ErrorCode = keyof typeof errors

/** A problem as data: its code, the values its texts need, and the place (a field path, a line, a node). */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: ErrorCode
  readonly details: Readonly<Record<string, string | number>>
  readonly place: string | undefined

  constructor(code: ErrorCode, details: Record<string, string | number> = {}, place?: string) {
    super(fill(errors[code].message.en, details))
    this.code = code
    this.details = details
    this.place = place
  }
}

/** Puts the details into a text's `{name}` places; a name without a value stays visible. */
export function fill(text: string, details: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{([a-z_]+)\}/g, (whole, name: string) =>
    Object.hasOwn(details, name) ? String(details[name]) : whole,
  )
}
