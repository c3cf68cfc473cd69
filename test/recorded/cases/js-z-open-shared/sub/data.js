export const data = open('./d.txt'); export const bytes = open('../a.json', 'b');
