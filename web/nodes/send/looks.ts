import {
  BellRing,
  Mail,
  MessageCircle,
  MessageSquareText,
  MessagesSquare,
  Send as SendIcon,
  Webhook,
} from 'lucide-react'
import { type ChannelId, isChannelId } from '../../../shared/channels/index.ts'
import type { ConfigOf, Preset } from '../card.ts'

type Config = ConfigOf<'send'>

interface Look extends Omit<Preset<Config>, 'key' | 'config' | 'icon'> {
  readonly icon: typeof SendIcon
}

/** How each channel stands in the palette and on its cards. */
export const looks: Readonly<Record<ChannelId, Look>> = {
  sms: {
    icon: MessageSquareText,
    stem: 'sms',
    name: { 'zh-CN': '短信', en: 'SMS' },
    help: { 'zh-CN': '按条计费，70 字一条', en: 'Charged by parts of 70 characters' },
  },
  wecom: {
    icon: MessageCircle,
    stem: 'wecom',
    name: { 'zh-CN': '企业微信', en: 'WeCom' },
    help: {
      'zh-CN': '群发给好友，员工点发送；每人每天一条',
      en: 'A broadcast to friends that employees send; one a day each',
    },
  },
  wechat: {
    icon: MessagesSquare,
    stem: 'wechat',
    name: { 'zh-CN': '公众号', en: 'WeChat' },
    help: {
      'zh-CN': '客服消息：客户互动后才能发',
      en: 'An answer to followers who have just done something',
    },
  },
  email: {
    icon: Mail,
    stem: 'email',
    name: { 'zh-CN': '邮件', en: 'E-mail' },
    help: { 'zh-CN': '有主题，适合长文', en: 'With a subject, for longer texts' },
  },
  in_app: {
    icon: BellRing,
    stem: 'in-app',
    name: { 'zh-CN': '站内信', en: 'In-app' },
    help: { 'zh-CN': '客户打开应用时看到', en: 'Seen when the customer opens the app' },
  },
  webhook: {
    icon: Webhook,
    stem: 'webhook',
    name: { 'zh-CN': 'Webhook', en: 'Webhook' },
    help: { 'zh-CN': '把消息交给你的系统', en: 'Hands the message to a system of yours' },
  },
}

export const isGreeting = ({ channel, way }: Pick<Config, 'channel' | 'way'>): boolean =>
  channel === 'wecom' && way === 'greeting'

/** A journey file may name a channel that this Magpie does not have. */
export const iconFor = (channel: string) => (isChannelId(channel) ? looks[channel].icon : SendIcon)

/** An e-mail that has just been added has a subject to be written. */
export const newSubject = { 'zh-CN': '', en: '' }
