import type { z } from 'zod'
import type { settingFaults } from '../../shared/api/settings.ts'
import { errors, fill, Problem } from '../../shared/errors/index.ts'
import type { SettingFault } from '../ports/settings.ts'
import type { SettingsDesk } from './desk.ts'

/** Refuses settings of which nothing can be built, before they are saved. Problem `setting-unusable`. */
export function requireUsable(fault: SettingFault | null): void {
  if (fault === null) return
  const { field, detail } = fault
  throw new UnusableSetting(field, detail)
}

/** Says in both languages what is wrong with a setting. */
class UnusableSetting extends Problem {
  readonly extension = {}
  readonly texts

  constructor(field: string, detail: SettingFault['detail']) {
    super('setting-unusable', { detail: detail.en }, field === '' ? undefined : field)
    const { message, mend } = errors['setting-unusable']
    this.texts = {
      message: {
        'zh-CN': fill(message['zh-CN'], { detail: detail['zh-CN'] }),
        en: fill(message.en, { detail: detail.en }),
      },
      mend,
    }
  }
}

function faultOf({ code, details, place = '' }: Problem): SettingFault {
  const { message } = errors[code]
  return {
    setting: 'ai',
    field: place,
    detail: { 'zh-CN': fill(message['zh-CN'], details), en: fill(message.en, details) },
  }
}

/** What is stored, or stands in the environment, and cannot be used. */
export async function readFaults(
  desk: SettingsDesk,
  unusable: readonly Problem[],
): Promise<z.output<typeof settingFaults>> {
  return { faults: [...(await desk.settingFaults()), ...unusable.map(faultOf)] }
}
