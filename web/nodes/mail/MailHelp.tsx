import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Locale } from '../../../shared/text.ts'
import { useFormat } from '../../ui/useFormat.ts'
import styles from './mail.module.css'

type Mark = 'yes' | 'partly' | 'no'

interface Line {
  readonly what: Readonly<Record<Locale, string>>
  readonly gmail: Mark
  readonly outlook: Mark
  readonly apple: Mark
  readonly qq: Mark
  readonly how: Readonly<Record<Locale, string>>
}

/** What mail programs show of what the blocks use, as their makers and public tests of them say; as of November 2026. */
const lines: readonly Line[] = [
  {
    what: { 'zh-CN': '分栏', en: 'Columns' },
    gmail: 'yes',
    outlook: 'yes',
    apple: 'yes',
    qq: 'yes',
    how: {
      'zh-CN': '用表格排版；Outlook 另有一份只给它看的表格',
      en: 'Laid out as tables, with tables of its own for Outlook',
    },
  },
  {
    what: { 'zh-CN': '手机上竖排', en: 'Stacking on a phone' },
    gmail: 'partly',
    outlook: 'partly',
    apple: 'yes',
    qq: 'partly',
    how: {
      'zh-CN': '不认媒体查询的地方也会按宽度换行',
      en: 'Columns break by their width where media queries are not known',
    },
  },
  {
    what: { 'zh-CN': '圆角', en: 'Rounded corners' },
    gmail: 'yes',
    outlook: 'no',
    apple: 'yes',
    qq: 'yes',
    how: {
      'zh-CN': 'Windows 版经典 Outlook 里是直角，别的不变',
      en: 'Square in classic Outlook on Windows, else the same',
    },
  },
  {
    what: { 'zh-CN': '按钮', en: 'Buttons' },
    gmail: 'yes',
    outlook: 'yes',
    apple: 'yes',
    qq: 'yes',
    how: { 'zh-CN': '是带底色的单元格，不是图片', en: 'A cell with a colour, and no picture' },
  },
  {
    what: { 'zh-CN': '图片', en: 'Pictures' },
    gmail: 'yes',
    outlook: 'partly',
    apple: 'yes',
    qq: 'partly',
    how: {
      'zh-CN': 'Outlook 和不少国内邮箱默认不显示；替代文字要说清楚',
      en: 'Outlook and many Chinese mailboxes hide them at first; the words in their place must tell',
    },
  },
  {
    what: { 'zh-CN': '深色模式', en: 'Dark mode' },
    gmail: 'partly',
    outlook: 'partly',
    apple: 'yes',
    qq: 'partly',
    how: {
      'zh-CN': 'Apple 邮件用我们的深色；Gmail、Outlook 自己换色，避免用透明底的深色标志',
      en: 'Apple Mail takes our dark colours; Gmail and Outlook turn colours themselves: avoid dark logos without a ground',
    },
  },
  {
    what: { 'zh-CN': '网页字体', en: 'Web fonts' },
    gmail: 'no',
    outlook: 'no',
    apple: 'yes',
    qq: 'no',
    how: { 'zh-CN': '只用系统字体，处处一样', en: 'System fonts alone, the same everywhere' },
  },
  {
    what: { 'zh-CN': '邮件重量', en: 'Weight' },
    gmail: 'partly',
    outlook: 'yes',
    apple: 'yes',
    qq: 'yes',
    how: {
      'zh-CN': 'Gmail 在约 102 KB 处截断；超过 100 KB 时检查会提醒',
      en: 'Gmail clips at about 102 kB; the check tells beyond 100 kB',
    },
  },
  {
    what: { 'zh-CN': '表单、脚本、视频', en: 'Forms, scripts, video' },
    gmail: 'no',
    outlook: 'no',
    apple: 'no',
    qq: 'no',
    how: {
      'zh-CN': '没有这样的模块；用按钮通向网页',
      en: 'There is no such block; lead to a page by a button',
    },
  },
]

const programs = ['gmail', 'outlook', 'apple', 'qq'] as const

/** What is safe where. */
export function MailHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation('mail')
  const format = useFormat()
  return (
    <Modal open={open} onCancel={onClose} footer={null} width={860} title={t('help.title')}>
      <p className={styles.hint}>{t('help.intro')}</p>
      <table className={styles.help}>
        <thead>
          <tr>
            <th>{t('help.what')}</th>
            {programs.map((program) => (
              <th key={program}>{t(`help.programs.${program}`)}</th>
            ))}
            <th>{t('help.how')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.what.en}>
              <th scope="row">{format.text(line.what)}</th>
              {programs.map((program) => (
                <td key={program} data-mark={line[program]}>
                  {t(`help.marks.${line[program]}`)}
                </td>
              ))}
              <td>{format.text(line.how)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  )
}
