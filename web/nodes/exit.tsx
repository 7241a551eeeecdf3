import { Flag } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { type ConfigOf, defineCard } from './card.ts'

type Config = ConfigOf<'exit'>

function ExitForm() {
  const { t } = useTranslation('nodes')
  return <p>{t('exit.about')}</p>
}

export const exit = defineCard<Config>({
  icon: Flag,
  figures: (numbers) => [{ label: 'arrived', value: numbers.in }],
  fields: {},
  form: ExitForm,
})
