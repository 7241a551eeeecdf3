import { ClipboardList } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { type ConfigOf, defineCard } from './card.ts'

type Config = ConfigOf<'manual'>

function ManualForm() {
  const { t } = useTranslation('nodes')
  return <p>{t('manual.about')}</p>
}

export const manual = defineCard<Config>({
  icon: ClipboardList,
  figures: (numbers) => [{ label: 'entered', value: numbers.in }],
  form: ManualForm,
})
