export default function () { console.log('inline'); }
//# sourceMappingURL=data:application/json;base64,eyJ2ZXJzaW9uIjozLCJzb3VyY2VzIjpbIm8uanMiXSwibmFtZXMiOltdLCJtYXBwaW5ncyI6IkFBQUEifQ==
