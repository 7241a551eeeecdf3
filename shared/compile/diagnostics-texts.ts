import type { DiagnosticEntry } from './diagnostics.ts'

/** What is found in the texts of messages, from their syntax to what their channel cannot carry. */
export const textDiagnostics = {
  'template-syntax': {
    severity: 'error',
    message: { 'zh-CN': '文案写法有误：{detail}', en: 'The text cannot be read: {detail}' },
    mend: { 'zh-CN': '{mend}', en: '{mend}' },
  },
  'template-over-budget': {
    severity: 'error',
    message: {
      'zh-CN': '生成这段文案大约要 {steps} 步，最多 {limit} 步，谁都收不到',
      en: 'This text takes about {steps} steps to render, and {limit} is the most: nobody would get it',
    },
    mend: {
      'zh-CN': '减少循环的次数，或在循环里少做一些',
      en: 'Make its loops shorter, or do less within them',
    },
  },
  'template-maybe-over-budget': {
    severity: 'warning',
    message: {
      'zh-CN': '如果列表有 {entries} 项，生成这段文案大约要 {steps} 步，超过 {limit} 步的客户收不到',
      en: 'With lists of {entries} entries this text takes about {steps} steps to render; customers for whom it takes more than {limit} will not get it',
    },
    mend: {
      'zh-CN': '给循环写上 limit，例如 {% for item in entry.items limit: 20 %}',
      en: 'Give the loops a limit, as in {% for item in entry.items limit: 20 %}',
    },
  },
  'unknown-variable': {
    severity: 'error',
    message: {
      'zh-CN': '变量「{variable}」既非内置，也没有声明',
      en: 'The variable “{variable}” is neither built in nor declared',
    },
    mend: {
      'zh-CN': '改用变量列表里的名称，或先在旅程里声明它；券的变量要在前面发券',
      en: 'Use a name from the list of variables, or declare it in the journey; a coupon must be given before',
    },
  },
  'value-missing': {
    severity: 'error',
    message: {
      'zh-CN': '这里要用旅程变量「{variable}」的值，但它没有值',
      en: 'The value of the variable “{variable}” is asked for here, and it has none',
    },
    mend: {
      'zh-CN': '在旅程设置的变量里给它一个值',
      en: 'Give it a value among the variables of the journey’s settings',
    },
  },
  'value-hidden': {
    severity: 'error',
    message: {
      'zh-CN': '变量「{variable}」有自己的值，但与内置的「{root}」重名，文案里取不到',
      en: 'The variable “{variable}” has a value of its own, but “{root}” is built in, so texts never see it',
    },
    mend: { 'zh-CN': '换一个名称', en: 'Give it another name' },
  },
  'variable-on-some-paths': {
    severity: 'warning',
    message: {
      'zh-CN': '「{variable}」只在部分路径上有值，其他客户收不到这条消息',
      en: '“{variable}” has a value on some paths only; the other customers will not get this message',
    },
    mend: {
      'zh-CN': '在每条路径上先发券，或给它默认值',
      en: 'Give the coupon on every path, or give it a default',
    },
  },
  'missing-default': {
    severity: 'warning',
    message: {
      'zh-CN': '「{variable}」可能为空且没有默认值，为空的客户收不到这条消息',
      en: '“{variable}” may be blank and has no default; customers without it will not get this message',
    },
    mend: {
      'zh-CN': "点一下这个变量，写上没有值时用什么；文件里写作 | default: '朋友'",
      en: "Click the variable and write what stands in for it; in a file it is | default: 'friend'",
    },
  },
  'variable-on-some-paths-step': {
    severity: 'warning',
    message: {
      'zh-CN': '「{variable}」只在部分路径上有值，没有值的客户会略过这一步',
      en: '“{variable}” has a value on some paths only; for the other customers this step is passed over',
    },
    mend: {
      'zh-CN': '在每条路径上先发券，或给它默认值',
      en: 'Give the coupon on every path, or give it a default',
    },
  },
  'missing-default-step': {
    severity: 'warning',
    message: {
      'zh-CN': '「{variable}」可能为空且没有默认值，为空的客户会略过这一步',
      en: '“{variable}” may be blank and has no default; for customers without it this step is passed over',
    },
    mend: {
      'zh-CN': "写上没有值时用什么，例如 {{ 变量 | default: '未知' }}",
      en: "Write what stands in for it, as in {{ variable | default: 'unknown' }}",
    },
  },
  'empty-text': {
    severity: 'error',
    message: { 'zh-CN': '这条消息还没有写正文', en: 'This message has no text yet' },
    mend: { 'zh-CN': '写上客户会读到的话', en: 'Write what the customer will read' },
  },
  'empty-subject': {
    severity: 'error',
    message: { 'zh-CN': '这封邮件还没有写主题', en: 'This e-mail has no subject yet' },
    mend: {
      'zh-CN': '写上客户在收件箱里看到的那一行',
      en: 'Write the line that the customer sees in the inbox',
    },
  },
  'sms-long': {
    severity: 'warning',
    message: {
      'zh-CN': '短信约 {parts} 条，多于 {most} 条',
      en: 'The SMS takes about {parts} parts, more than {most}',
    },
    mend: { 'zh-CN': '写短一些，按条计费', en: 'Make it shorter; each part is charged' },
  },
  'prohibited-word': {
    severity: 'error',
    message: {
      'zh-CN': '文案里有广告禁用词「{word}」',
      en: 'The text has the prohibited advertising word “{word}”',
    },
    mend: { 'zh-CN': '{advice_zh}', en: '{advice_en}' },
  },
  'identifying-fact': {
    severity: 'warning',
    message: {
      'zh-CN': '「{fact}」能认出是谁，不会交给模型',
      en: '“{fact}” tells who somebody is and is not given to the model',
    },
    mend: { 'zh-CN': '从给模型的资料里去掉它', en: 'Take it off the facts for the model' },
  },
  'html-as-text': {
    severity: 'error',
    message: {
      'zh-CN': '这段文字是 HTML，而这个渠道只发纯文本，客户会读到标签',
      en: 'This text is HTML, but the channel carries plain text: customers would read the tags',
    },
    mend: { 'zh-CN': '去掉标签，或改用邮件', en: 'Take the tags out, or send it by e-mail' },
  },
  'html-dropped': {
    severity: 'warning',
    message: {
      'zh-CN': '邮件里不能带这些内容，发出前会去掉：{parts}',
      en: 'An e-mail may not carry these parts, which are taken out before it leaves: {parts}',
    },
    mend: {
      'zh-CN': '删掉脚本、表单和内嵌页面，链接用 https 开头；在预览里看去掉后的样子',
      en: 'Delete scripts, forms and frames, and begin links with https; the preview shows what remains',
    },
  },
  'greeting-polished': {
    severity: 'warning',
    message: {
      'zh-CN': '欢迎语要在加好友后 20 秒内发出，等 AI 润色可能来不及',
      en: 'A greeting has to leave within 20 seconds of the friend being added, for which a model may be too slow',
    },
    mend: { 'zh-CN': '关掉 AI 润色', en: 'Turn polishing off' },
  },
  'html-not-polished': {
    severity: 'warning',
    message: {
      'zh-CN': 'HTML 邮件不会由 AI 润色，每位客户收到的都是写好的文案',
      en: 'An HTML e-mail is not polished by a model: everybody gets the written text',
    },
    mend: { 'zh-CN': '关掉 AI 润色，或改写成纯文本', en: 'Turn polishing off, or write plain text' },
  },
  'json-in-envelope': {
    severity: 'warning',
    message: {
      'zh-CN': '这段文字像 JSON，但会作为一个字符串装进 Magpie 自己的信封，群机器人认不出',
      en: 'This text looks like JSON, but goes as one string within our own envelope, which no chat robot knows',
    },
    mend: {
      'zh-CN': '把“请求体”改为“自己的 JSON”（文件里写 "body": "json"），值会自动按 JSON 转义',
      en: 'Choose "JSON of your own" as the body ("body": "json" in a file); values are then escaped as JSON',
    },
  },
  'json-invalid': {
    severity: 'error',
    message: {
      'zh-CN': '请求体不是合法的 JSON，看第 {line} 行',
      en: 'The body is no valid JSON; look at line {line}',
    },
    mend: {
      'zh-CN': '检查引号、逗号和括号；整段写成 {"键": "值"} 的样子',
      en: 'Check quotes, commas and brackets; the whole looks like {"key": "value"}',
    },
  },
  'no-such-port': {
    severity: 'error',
    message: { 'zh-CN': '没有「{port}」这个出口', en: 'There is no way out “{port}”' },
    mend: { 'zh-CN': '从现有的出口里选一个', en: 'Choose one of the ways out that are there' },
  },
  'json-unquoted': {
    severity: 'warning',
    message: {
      'zh-CN': '{placeholder} 不在双引号里，只有值是数字或 true/false 时才能发出',
      en: '{placeholder} stands outside quotes: only a number, true or false can leave so',
    },
    mend: {
      'zh-CN': '给它加上双引号，或写成 | json',
      en: 'Put it in quotes, or end it with | json',
    },
  },
  'bare-money': {
    severity: 'error',
    message: {
      'zh-CN': '「{variable}」以最小货币单位保存（20 元存作 2000），这里没有写明是金额',
      en: '“{variable}” is kept in the smallest unit (20 is kept as 2000), and nothing here says that it is money',
    },
    mend: {
      'zh-CN': '写成金额：{{ {variable} | money }}',
      en: 'Write it as money: {{ {variable} | money }}',
    },
  },
  'bare-date': {
    severity: 'error',
    message: {
      'zh-CN': '「{variable}」以毫秒保存（如 1787155199999），这里没有写明是日期',
      en: '“{variable}” is kept in milliseconds (such as 1787155199999), and nothing here says that it is a date',
    },
    mend: {
      'zh-CN': "写成日期：{{ {variable} | date_local }}，或 {{ {variable} | date: '%Y-%m-%d' }}",
      en: "Write it as a date: {{ {variable} | date_local }} or {{ {variable} | date: '%Y-%m-%d' }}",
    },
  },
} as const satisfies Record<string, DiagnosticEntry>
