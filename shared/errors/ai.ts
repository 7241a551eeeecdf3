import type { ErrorEntry } from './entry.ts'

/** What can go wrong with a model, its settings and its replies. */
export const ai = {
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
} as const satisfies Record<string, ErrorEntry>
