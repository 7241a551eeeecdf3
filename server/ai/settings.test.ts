import { describe, expect, test } from 'vitest'
import { Problem } from '../../shared/errors/index.ts'
import { readAiSettings } from './settings.ts'

function problemOf(env: Record<string, string>): Problem {
  try {
    readAiSettings(env)
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error('the settings were taken')
}

describe('the AI settings', () => {
  test('are empty where nothing is set, or set to nothing', () => {
    const none = { baseUrl: undefined, apiKey: undefined, model: undefined }
    expect(readAiSettings({})).toMatchObject(none)
    expect(readAiSettings({ AI_BASE_URL: '', AI_API_KEY: ' ', AI_MODEL: '' })).toMatchObject(none)
  })

  test('are read and brought to one form', () => {
    expect(
      readAiSettings({
        AI_BASE_URL: ' https://api.example.com/v1/ ',
        AI_API_KEY: 'sk-abc\n',
        AI_MODEL: 'deepseek-chat',
        AI_TIMEOUT_SECONDS: '7.5',
        AI_MAX_RETRIES: '0',
        AI_INPUT_PRICE: '2',
        AI_OUTPUT_PRICE: '0.5',
      }),
    ).toEqual({
      baseUrl: 'https://api.example.com/v1',
      apiKey: 'sk-abc',
      model: 'deepseek-chat',
      timeoutMs: 7500,
      maxRetries: 0,
      pricePerMillionInputMilli: 200_000,
      pricePerMillionOutputMilli: 50_000,
    })
  })

  test('allow a server without a key', () => {
    const settings = readAiSettings({ AI_BASE_URL: 'http://127.0.0.1:11434/v1', AI_MODEL: 'qwen3' })
    expect(settings).toMatchObject({
      baseUrl: 'http://127.0.0.1:11434/v1',
      apiKey: undefined,
      model: 'qwen3',
    })
  })

  test('ask for the model’s name', () => {
    for (const env of [{ AI_API_KEY: 'sk-abc' }, { AI_BASE_URL: 'http://127.0.0.1:11434/v1' }]) {
      expect(problemOf(env)).toMatchObject({ code: 'ai-settings-invalid', place: 'AI_MODEL' })
    }
  })

  test.each([
    ['AI_BASE_URL', 'ftp://example.com'],
    ['AI_BASE_URL', 'example.com/v1'],
    ['AI_BASE_URL', 'https://someone:secret@example.com/v1'],
    ['AI_API_KEY', 'sk-one\nsecret'],
    ['AI_API_KEY', '密钥secret'],
    ['AI_TIMEOUT_SECONDS', '0'],
    ['AI_TIMEOUT_SECONDS', 'soon'],
    ['AI_MAX_RETRIES', '1.5'],
    ['AI_INPUT_PRICE', '¥2'],
  ])('refuse %s=%j, naming the variable and not its value', (name, value) => {
    const problem = problemOf({ AI_MODEL: 'm', [name]: value })
    expect(problem).toMatchObject({ code: 'ai-settings-invalid', place: name })
    expect(problem.message).toContain(name)
    expect(problem.message).not.toContain('secret')
  })
})
