import type { ErrorEntry } from './entry.ts'

/** Settings. */
export const settings = {
  'set-by-environment': {
    status: 409,
    message: { 'zh-CN': '这项设置由环境变量决定', en: 'This setting comes from the environment' },
    mend: {
      'zh-CN': '改环境变量 {setting}，再重新启动',
      en: 'Change {setting} in the environment and start again',
    },
  },
  'setting-unusable': {
    status: 400,
    message: {
      'zh-CN': '这项设置用不了：{detail}',
      en: 'This setting cannot be used: {detail}',
    },
    mend: {
      'zh-CN': '改正后再保存；原来的设置没有改动',
      en: 'Correct it and save again; what was set before is unchanged',
    },
  },
  'setting-invalid': {
    status: 500,
    message: {
      'zh-CN': '环境变量 {setting} 不合要求：{detail}',
      en: 'The environment variable {setting} is not valid: {detail}',
    },
    mend: { 'zh-CN': '改正 {setting}，再重新启动', en: 'Correct {setting} and start again' },
  },
  'secret-elsewhere': {
    status: 409,
    message: {
      'zh-CN': '已存的密钥是给 {was} 的，不会交给 {now}',
      en: 'The secret that is kept was given for {was} and is not handed to {now}',
    },
    mend: {
      'zh-CN': '为 {now} 重新填写密钥，再保存',
      en: 'Type the secret for {now}, then save again',
    },
  },
  'secret-locked': {
    status: 409,
    message: {
      'zh-CN': '已存的密钥打不开：加密它的那把钥匙不在这里',
      en: 'The secret that is kept cannot be opened: the key is not here that sealed it',
    },
    mend: {
      'zh-CN': '重新填写，或放回原来的 magpie.key（或 MAGPIE_KEY）再启动',
      en: 'Type it again, or put the original magpie.key (or MAGPIE_KEY) back and start again',
    },
  },
  'channel-in-use': {
    status: 409,
    message: {
      'zh-CN': '正在运行的旅程 {user} 用这个渠道发消息',
      en: 'Journeys that run send by this channel: {user}',
    },
    mend: {
      'zh-CN': '先停止或改掉它们；仍要清除的话，它们的消息会一直排队',
      en: 'Stop or change them first; if its settings are to go all the same, their messages stay queued',
    },
  },
  'brand-in-use': {
    status: 409,
    message: {
      'zh-CN': '这个品牌有正在运行的旅程：{user}',
      en: 'Journeys of this brand are running: {user}',
    },
    mend: {
      'zh-CN': '先停止它们；仍要归档的话，它们会就此停住，什么也不再发出',
      en: 'Stop them first; if the brand is to be archived all the same, they stand still and send nothing more',
    },
  },
  'currency-in-use': {
    status: 409,
    message: {
      'zh-CN': '这个品牌已有 {currency} 的订单、优惠券或发布过的旅程，不能改成 {wanted}',
      en: 'The brand has orders, coupons or published journeys in {currency} and cannot change to {wanted}',
    },
    mend: {
      'zh-CN': '留着 {currency}；要用 {wanted}，到“设置 → 所有品牌”新建一个品牌',
      en: 'Keep {currency}; for {wanted} make another brand under Settings → All brands',
    },
  },
  'brand-name-differs': {
    status: 409,
    message: { 'zh-CN': '输入的名称不是这个品牌的名称', en: 'The name that was typed is not the brand’s' },
    mend: {
      'zh-CN': '照原样输入品牌的名称：{name}',
      en: 'Type the name of the brand as it is: {name}',
    },
  },
  'brand-last': {
    status: 409,
    message: { 'zh-CN': '这是最后一个品牌', en: 'This is the last brand' },
    mend: {
      'zh-CN': '先新建另一个品牌，再归档这一个',
      en: 'Make another brand first, then archive this one',
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
} as const satisfies Record<string, ErrorEntry>
